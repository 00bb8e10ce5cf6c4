// Package format reads the exports of backup tools. One file here is one export format; its samples and goldens lie in
// testdata under the same name. docs/ADDING_FORMATS.md says how to add one.
package format

import (
	"bytes"
	"errors"
	"iter"
	"regexp"
	"slices"
	"strings"
	"sync"

	"backstop/app/backup"
	"backstop/app/say"
)

// HeadSize is how much decoded text Match sees.
const HeadSize = 64 << 10

// Format reads the exports of one kind that one tool writes.
type Format struct {
	Name    string // also its testdata folder
	Version int    // raise it when results change; it is stored with each file
	Tool    string // the product, as its users call it
	Title   string // the command or menu that makes the export
	Export  string // how to make it, in a sentence or two

	Evidence backup.Evidence // what the export can prove; a record may say otherwise
	EndsOnly bool            // it reports finished runs only, so it proves nothing about one that is still at work
	Header   bool            // it reads the header of a mail above its text: subject, date
	Append   bool            // a log that the tool appends to, whose records stand alone: a grown file is read on from its last record

	Meaning func(code string) string // the tool's code in our words; "" for one the facts do not know. May be nil.

	// Endings are the words and codes of the reader's own table, with what each counts as; those in samples need not be among them. May be nil.
	Endings func() []backup.Ending

	// Match decides from the first HeadSize bytes of decoded text; never from the name. No two formats may claim one text.
	Match func(head []byte) bool
	// Executions yields what the file holds. A bad record is yielded as a *backup.BadRecord, and reading goes on; any other
	// error ends the file and means that nothing of it is kept.
	Executions func(in *Input) iter.Seq2[backup.Execution, error]
}

// refusal is an export that people take for a job list and that is none: the reason names the one to use instead.
type refusal struct {
	match  func(head []byte) bool
	reason string
}

var (
	formats  []Format
	refusals []refusal
)

func register(f Format) struct{} {
	formats = append(formats, f)
	slices.SortFunc(formats, func(a, b Format) int { return strings.Compare(a.Name, b.Name) })
	return struct{}{}
}

func refuse(reason string, match func(head []byte) bool) struct{} {
	refusals = append(refusals, refusal{match, reason})
	return struct{}{}
}

// Infos describes every format, by name. It is put together once; nobody may change it.
func Infos() []backup.FormatInfo { return infos() }

var infos = sync.OnceValue(func() []backup.FormatInfo {
	var all []backup.FormatInfo
	for _, f := range formats {
		info := backup.FormatInfo{Name: f.Name, Version: f.Version, Tool: f.Tool, Title: f.Title, Export: f.Export, EndsOnly: f.EndsOnly, Evidence: f.Evidence}
		f.describe(&info)
		all = append(all, info)
	}
	return all
})

// Meaning is a format's code in our words; "" when the facts do not know it.
func Meaning(name, code string) string {
	for _, f := range formats {
		if f.Name == name && f.Meaning != nil {
			return f.Meaning(code)
		}
	}
	return ""
}

// ErrUnknown is wrapped by Detect's refusals. Their text is for people.
var ErrUnknown = errors.New("not read")

// Detect finds the one format that claims the head of a text. Line ends and empty lines around the text decide nothing.
func Detect(head []byte) (Format, error) {
	head = settled(head)
	var claims []Format
	for _, f := range formats {
		if f.Match(head) {
			claims = append(claims, f)
		}
	}
	switch {
	case len(claims) == 1:
		return claims[0], nil
	case len(claims) > 1:
		return Format{}, refused(say.Record("it could be %s or %s, and nothing is guessed; please report it", claims[0].Title, claims[1].Title))
	}
	for _, r := range refusals {
		if r.match(head) {
			return Format{}, refused(r.reason)
		}
	}
	return Format{}, refused(unknownReason(head))
}

// settled is a head without what decides nothing.
func settled(head []byte) []byte {
	head = emptyLines.ReplaceAll(carriages.ReplaceAll(head, []byte("\n")), nil)
	text := bytes.TrimRight(head, " \t\n")
	if end := bytes.IndexByte(head[len(text):], '\n'); end >= 0 {
		return append(bytes.Clone(text), '\n')
	}
	return head
}

var (
	carriages  = regexp.MustCompile(`\r+\n`)
	emptyLines = regexp.MustCompile(`^(?:[ \t]*\n)+`)
)

type refusedError string

func refused(reason string) error { return refusedError(reason) }

func (e refusedError) Error() string { return string(e) }
func (refusedError) Unwrap() error   { return ErrUnknown }

func unknownReason(head []byte) string {
	first := ""
	for line := range strings.Lines(string(head)) {
		if first = strings.TrimSpace(line); first != "" {
			break
		}
	}
	if first == "" {
		return say.Record("the file holds no text")
	}
	const most = 60
	if runes := []rune(backup.Clean(first)); len(runes) > most {
		first = string(runes[:most]) + "…"
	}
	return say.Record("no known export begins with %q; `backstop formats` lists what is read and how to export it", first)
}

// Read yields the executions of in with everything filled in that the format itself says once: tool and evidence. Text is
// cleaned. Records that cannot be stored become bad records.
func (f Format) Read(in *Input) iter.Seq2[backup.Execution, error] {
	return func(yield func(backup.Execution, error) bool) {
		for e, err := range f.Executions(in) {
			if err == nil {
				f.complete(&e)
				err = e.Check()
			}
			var bad *backup.BadRecord
			if err != nil && !errors.As(err, &bad) {
				yield(backup.Execution{}, err)
				return
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func (f Format) complete(e *backup.Execution) {
	if e.Tool == "" {
		e.Tool = f.Tool
	}
	if e.Evidence == 0 {
		e.Evidence = f.Evidence
	}
	if e.Kind == 0 {
		e.Kind = backup.Data
	}
	e.CleanText()
}

// bad names a record that could not be read.
func bad(line int, reason string) error {
	return &backup.BadRecord{Line: line, Reason: reason}
}

// IsBad tells a bad record from an error that ends the file.
func IsBad(err error) (*backup.BadRecord, bool) {
	var b *backup.BadRecord
	return b, errors.As(err, &b)
}
