package say

import (
	"embed"
	"encoding/json"
)

//go:embed *.json
var files embed.FS

// catalogue reads the sentences of a language.
func catalogue(tag string) map[string]string {
	raw, err := files.ReadFile(tag + ".json")
	if err != nil {
		panic(err) // the file is compiled in
	}
	var words map[string]string
	if err := json.Unmarshal(raw, &words); err != nil {
		panic(err)
	}
	return words
}
