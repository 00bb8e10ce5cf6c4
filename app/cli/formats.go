package cli

import (
	"context"
	"fmt"
	"strings"

	"backstop/app/backup"
)

var formatsCommand = command{
	name: "formats", args: "[--json]",
	about: "every format it reads, and how to export it from the tool",
	run: func(_ context.Context, c *call) error {
		for _, f := range c.Formats {
			if c.json {
				c.print(formatLine(f))
				continue
			}
			c.sayFormat(f)
		}
		return nil
	},
}

// sayFormat tells a format in a few lines. Its codes are too many for a screen.
func (c *call) sayFormat(f backup.FormatInfo) {
	fmt.Fprintf(c.Out, "%s: %s\n    %s\n", f.Tool, f.Title, f.Export)
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(c.Out, "    %s: %s\n", name, text)
		}
	}
	line("a run is known by", strings.Join(f.Identity, "; or "))
	line("tells of", strings.Join(f.Kinds, "; "))
	line("outcomes", outcomesText(f.Endings))
	if n := len(f.Codes); n > 0 {
		line("codes in words", fmt.Sprintf("%d, listed by --json", n))
	}
	fmt.Fprintln(c.Out)
}

// outcomesText lists the tool's words by what the format makes of them. Of long lists of codes it says how many more there are.
func outcomesText(endings []backup.Ending) string {
	words := map[backup.Outcome][]string{}
	for _, e := range endings {
		if w := endingText(e); w != "" {
			words[e.Told] = append(words[e.Told], w)
		}
	}
	const most = 12
	var parts []string
	for _, o := range backup.Outcomes() {
		w := words[o]
		if n := len(w) - most; n > 1 {
			w = append(w[:most:most], fmt.Sprintf("%d more, listed by --json", n))
		}
		if len(w) > 0 {
			parts = append(parts, o.String()+" = "+strings.Join(w, ", "))
		}
	}
	return strings.Join(parts, "; ")
}

func endingText(e backup.Ending) string {
	switch {
	case e.Code == "" || e.Code == e.Word:
		return e.Word
	case e.Word == "":
		return e.Code
	}
	return e.Word + " (" + e.Code + ")"
}

type endingJSON struct {
	Word    string `json:"word,omitempty"`
	Code    string `json:"code,omitempty"`
	Outcome string `json:"outcome"`
}

type codeJSON struct {
	Code    string `json:"code"`
	Meaning string `json:"meaning"`
}

type formatJSON struct {
	Name     string       `json:"name"`
	Version  int          `json:"version"`
	Tool     string       `json:"tool"`
	Title    string       `json:"title"`
	Export   string       `json:"export"`
	Evidence string       `json:"evidence"`
	EndsOnly bool         `json:"ends_only,omitempty"`
	Identity []string     `json:"identity"`
	Kinds    []string     `json:"kinds"`
	Outcomes []endingJSON `json:"outcomes"`
	Codes    []codeJSON   `json:"codes,omitempty"`
}

func formatLine(f backup.FormatInfo) formatJSON {
	line := formatJSON{f.Name, f.Version, f.Tool, f.Title, f.Export, f.Evidence.String(), f.EndsOnly, append([]string{}, f.Identity...), append([]string{}, f.Kinds...), []endingJSON{}, nil}
	for _, e := range f.Endings {
		line.Outcomes = append(line.Outcomes, endingJSON{e.Word, e.Code, e.Told.String()})
	}
	for _, c := range f.Codes {
		line.Codes = append(line.Codes, codeJSON(c))
	}
	return line
}
