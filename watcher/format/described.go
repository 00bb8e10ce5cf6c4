package format

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"

	"backstop/app/backup"
)

// described.json says of each format what its reader does with its samples: what it knows runs by, the kinds it tells, and what it makes of
// the tool's words. It is written by the test, from the readers themselves, so no map stands twice. Words of their tables that no sample
// holds are told by Endings.
//
//go:embed described.json
var describedText []byte

// description is one format's.
type description struct {
	Identity []string `json:"identity"`
	Kinds    []string `json:"kinds"`
	Endings  []ending `json:"endings,omitempty"`
}

type ending struct {
	Word    string `json:"word,omitempty"`
	Code    string `json:"code,omitempty"`
	Outcome string `json:"outcome"`
}

// described is read when it is first asked for: most commands ask for nothing of it.
var described = sync.OnceValue(func() map[string]description {
	var all map[string]description
	if err := json.Unmarshal(describedText, &all); err != nil {
		panic(fmt.Sprintf("described.json: %v", err)) // it is part of the program
	}
	return all
})

// describe completes what is said of a format.
func (f Format) describe(info *backup.FormatInfo) {
	d := described()[f.Name]
	info.Identity, info.Kinds = d.Identity, d.Kinds
	for _, e := range d.Endings {
		if told, err := backup.ParseOutcome(e.Outcome); err == nil {
			info.Endings = append(info.Endings, backup.Ending{Word: e.Word, Code: e.Code, Told: told})
		}
	}
	if f.Endings != nil {
		info.Endings = joined(info.Endings, f.Endings())
	}
	info.Codes = f.codes()
}

// mostCodes is up to where tools number what went wrong.
const mostCodes = 10_000

// codes lists the tool's numbered codes whose meaning is known.
func (f Format) codes() []backup.CodeMeaning {
	if f.Meaning == nil {
		return nil
	}
	var known []backup.CodeMeaning
	for n := range mostCodes {
		code := fmt.Sprint(n)
		if m := f.Meaning(code); m != "" {
			known = append(known, backup.CodeMeaning{Code: code, Meaning: m})
		}
	}
	return known
}
