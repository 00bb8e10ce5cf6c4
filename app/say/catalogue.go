package say

import (
	"embed"
	"encoding/json"
	"maps"
)

//go:embed *.json
var files embed.FS

// recorded ends the name of the file with the sentences that can be recorded: errors, and what Record makes. Again tells them from the rest.
const recorded = "-recorded"

// sentences reads all that a language says.
func sentences(tag string) map[string]string {
	all := catalogue(tag)
	maps.Copy(all, catalogue(tag+recorded))
	return all
}

// catalogue reads a file of sentences.
func catalogue(name string) map[string]string {
	raw, err := files.ReadFile(name + ".json")
	if err != nil {
		panic(err) // the file is compiled in
	}
	var words map[string]string
	if err := json.Unmarshal(raw, &words); err != nil {
		panic(err)
	}
	return words
}
