package format

import (
	"iter"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

const amandaTool = "Amanda"

// Amanda: the trace log of a run. Each entry of the disk list is an execution; it is dumped, and then written to tape.
var _ = register(Format{
	Name:       "amanda_trace",
	Version:    2,
	Tool:       amandaTool,
	Title:      "log.<datestamp>.0",
	Export:     say.N("Watch the logdir of the configuration, where each run leaves a file log.<datestamp>.0, or copy these files."),
	Evidence:   backup.Report,
	Match:      amandaStart.Match,
	Executions: amandaTraces,
})

var amandaStart = signOf(`(?m)^START (planner|driver|amflush|amvault) date (\d{14}|\d{8})\b`, "START ")

func amandaTraces(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		run := &amandaRun{}
		for line, err := range in.Lines() {
			if err != nil {
				yield(backup.Execution{}, err)
				return
			}
			if m := amandaStart.FindStringSubmatch(line.Text); m != nil && m[2] != run.stamp {
				if !run.executions(in, yield) {
					return
				}
				run = &amandaRun{stamp: m[2], entries: map[string]*amandaEntry{}}
				run.admin = strings.HasPrefix(m[1], "am") // these move dumps that exist, and plan nothing
				run.planned = run.admin
			}
			if run.stamp != "" {
				run.read(line)
			}
		}
		run.executions(in, yield)
	}
}

// amandaWords splits a line at its blanks; a name with blanks is quoted.
func amandaWords(s string) []string {
	var words []string
	for s = strings.TrimLeft(s, " "); s != ""; s = strings.TrimLeft(s, " ") {
		if s[0] != '"' {
			w, rest, _ := strings.Cut(s, " ")
			words, s = append(words, w), rest
			continue
		}
		end := 1
		for end < len(s) && s[end] != '"' {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		end = min(end, len(s))
		words = append(words, strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s[1:end]))
		s = s[min(end+1, len(s)):]
	}
	return words
}
