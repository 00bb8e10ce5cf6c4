package backup

import (
	"fmt"
	"slices"
	"strings"
)

// Beginning is how a file begins.
type Beginning struct {
	Path     string // of the text: inside a container the path of one file in it
	Encoding string
	LineEnds string
	Size     int64 // bytes
	Lines    []string
}

// maxLine bounds a line that is shown, in letters.
const maxLine = 400

// BeginningOf takes the first lines of a text.
func BeginningOf(text string, lines int) Beginning {
	b := Beginning{LineEnds: lineEnds(text)}
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		if len(b.Lines) == lines {
			break
		}
		line = strings.TrimRight(line, "\r\n")
		if short := []rune(line); len(short) > maxLine {
			line = string(short[:maxLine]) + "…"
		}
		b.Lines = append(b.Lines, line)
	}
	return b
}

func lineEnds(text string) string {
	pairs := strings.Count(text, "\r\n")
	var kinds []string
	for _, k := range []struct {
		word string
		n    int
	}{{"CRLF", pairs}, {"LF", strings.Count(text, "\n") - pairs}, {"CR", strings.Count(text, "\r") - pairs}} {
		if k.n > 0 {
			kinds = append(kinds, k.word)
		}
	}
	if len(kinds) == 0 {
		return "none"
	}
	return strings.Join(kinds, " and ")
}

// endings of names that may be told to strangers.
var endings = []string{".csv", ".tsv", ".txt", ".log", ".out", ".json", ".jsonl", ".ndjson", ".xml", ".html", ".htm", ".xlsx", ".eml", ".mbox", ".zip", ".gz", ".zst"}

// ForAuthors is a report of a file that could not be read, for those who could teach Backstop to read it: why, and how it begins, with
// all that could tell whose it is folded.
func ForAuthors(path, reason string, b Beginning) string {
	ending := "another"
	for _, e := range endings {
		if strings.HasSuffix(strings.ToLower(path), e) {
			ending = e
		}
	}
	about := []string{
		"An export that Backstop does not read", "",
		"Why: " + Fold(reason), "Ending of its name: " + ending, "Encoding: " + b.Encoding, "Line ends: " + b.LineEnds,
		fmt.Sprintf("Size: %s", roughly(b.Size)), "",
		"Tool and version: ", "How it is exported: ", "",
		"First lines, with names, addresses and numbers folded:",
	}
	lines := slices.Clone(about)
	for _, l := range b.Lines {
		lines = append(lines, Fold(l))
	}
	return strings.Join(lines, "\n") + "\n"
}

// roughly tells how large a file is and no more.
func roughly(n int64) string {
	switch {
	case n < 1<<10:
		return "less than a KiB"
	case n < 1<<20:
		return "some KiB"
	case n < 1<<30:
		return "some MiB"
	}
	return "a GiB or more"
}
