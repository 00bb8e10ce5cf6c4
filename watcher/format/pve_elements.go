package format

import (
	"bytes"
	"encoding/json"
	"io"
	"iter"

	"backstop/app/say"
)

// pveElement is one element of a list, as written.
type pveElement struct {
	json   json.RawMessage
	line   int
	offset int64
}

// pveElements yields the elements of a JSON list, or of the list under "data" that an API answers with. What is broken ends the
// reading; the elements before it stand.
func pveElements(in *Input) iter.Seq2[pveElement, error] {
	return func(yield func(pveElement, error) bool) {
		r, err := in.Open()
		if err != nil {
			yield(pveElement{}, err)
			return
		}
		defer r.Close()
		lines := &lineOffsets{r: r}
		list := pveList{in: in, dec: json.NewDecoder(lines), lines: lines, yield: yield}
		if err := list.read(); err != nil {
			line, _ := list.at()
			yield(pveElement{}, bad(line, say.Record("the JSON breaks or ends here: %v", err)))
		}
	}
}

type pveList struct {
	in      *Input
	dec     *json.Decoder
	lines   *lineOffsets
	yield   func(pveElement, error) bool
	stopped bool
	held    int
}

func (l *pveList) read() error {
	if first, err := l.dec.Token(); err != nil || first == json.Delim('[') {
		if err != nil {
			return err
		}
		return l.elements()
	}
	total := 0
	for l.dec.More() && !l.stopped {
		key, err := l.dec.Token()
		if err != nil {
			return err
		}
		switch key {
		case "data":
			err = l.data()
		case "total":
			err = l.dec.Decode(&total)
		default:
			err = l.dec.Decode(new(json.RawMessage))
		}
		if err != nil {
			return err
		}
	}
	if total > l.held && !l.stopped {
		l.in.note(say.Record("the list announces %d tasks and holds %d: it is one page of several", total, l.held))
	}
	return l.closed()
}

func (l *pveList) data() error {
	open, err := l.dec.Token()
	if err != nil {
		return err
	}
	if open != json.Delim('[') {
		return say.Error("data is no list")
	}
	return l.elements()
}

func (l *pveList) elements() error {
	for l.dec.More() {
		var e pveElement
		err := l.dec.Decode(&e.json)
		if err != nil {
			return err
		}
		end, behind := l.at()
		e.line, e.offset = end-bytes.Count(e.json, []byte("\n")), behind-int64(len(e.json))
		l.held++
		if l.stopped = !l.yield(e, nil); l.stopped {
			return nil
		}
	}
	return l.closed()
}

// closed reads the bracket that must stand where More has found no more.
func (l *pveList) closed() error {
	if l.stopped {
		return nil
	}
	_, err := l.dec.Token()
	return err
}

// at is where the value ends that was read last: its line, and its offset.
func (l *pveList) at() (line int, offset int64) {
	offset = l.dec.InputOffset()
	return l.lines.line(offset), offset
}

// lineOffsets counts the lines of what is read through it.
type lineOffsets struct {
	r     io.Reader
	read  int64
	ends  []int64 // offsets behind line ends that have been read and not yet asked beyond
	lines int     // that end before them
}

func (l *lineOffsets) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			l.ends = append(l.ends, l.read+int64(i)+1)
		}
	}
	l.read += int64(n)
	return n, err
}

// line is the line of an offset, from 1. Offsets are asked in order.
func (l *lineOffsets) line(offset int64) int {
	passed := 0
	for passed < len(l.ends) && l.ends[passed] <= offset {
		passed++
	}
	l.ends, l.lines = l.ends[passed:], l.lines+passed
	return l.lines + 1
}
