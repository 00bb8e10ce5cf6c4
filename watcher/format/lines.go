package format

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"strings"

	"backstop/app/say"
)

// MaxLine bounds one line, in bytes; the rest of a longer one is dropped. NetBackup's -all_columns writes lines of over 1 MB.
const MaxLine = 4 << 20

// Line is one line of text without its end.
type Line struct {
	N      int   // from 1
	Offset int64 // of its first byte in the decoded text
	Text   string
	Cut    bool // it was longer than MaxLine
	Open   bool // the text ends in it without a line end, so its last word may be half a word
}

// Lines yields the lines of the text. Every trailing CR is dropped: LF, CRLF and CR CR LF occur in one file. A lone CR
// inside a line stays; see lastFrame. An error ends the text.
func (in *Input) Lines() iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		r, err := in.Open()
		if err != nil {
			yield(Line{}, err)
			return
		}
		defer r.Close()
		eachLine(r, in.Offset, max(in.FirstLine, 1), func(line Line, err error) bool {
			if err == nil && line.Open && mayBeCut(line.Text) {
				in.note(say.Record(cutNote))
			}
			if err == nil && in.keep != nil && !in.keep(line) {
				return true
			}
			return yield(line, err)
		})
	}
}

// cutNote marks what was read of a file whose end may be missing.
const cutNote = "the text ends without a line end, so its last record may be cut off"

// mayBeCut leaves out JSON, which tells by its last bracket that it is whole.
func mayBeCut(last string) bool {
	last = strings.TrimSpace(last)
	return last == "" || last[0] == '[' && !strings.HasPrefix(last, "[{") && last != "[]" || !strings.ContainsAny(last[:1], "{[]}") || !strings.ContainsAny(last[len(last)-1:], "}]")
}

func eachLine(r io.Reader, offset int64, n int, yield func(Line, error) bool) {
	b := bufio.NewReaderSize(r, 64<<10)
	for ; ; n++ {
		text, size, err := readLine(b)
		if size > 0 {
			line := Line{N: n, Offset: offset, Text: strings.TrimRight(text, "\r\n"), Cut: size > MaxLine, Open: err != nil}
			if !yield(line, nil) {
				return
			}
		}
		offset += int64(size)
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			yield(Line{N: n}, err)
			return
		}
	}
}

// readLine reads up to and with the next LF. It keeps at most MaxLine bytes; size counts them all.
func readLine(b *bufio.Reader) (text string, size int, err error) {
	part, err := b.ReadSlice('\n')
	size = len(part)
	if !errors.Is(err, bufio.ErrBufferFull) {
		return string(part), size, err
	}
	long := append([]byte(nil), part...)
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = b.ReadSlice('\n')
		size += len(part)
		long = append(long, part[:min(len(part), MaxLine-len(long))]...)
	}
	return string(long), size, err
}

// lastFrame gives what a terminal shows of a line in the end: progress is overwritten after a CR, and colours are no text.
func lastFrame(s string) string {
	if i := strings.LastIndexByte(s, '\r'); i >= 0 {
		s = s[i+1:]
	}
	if !strings.Contains(s, "\x1b") {
		return s
	}
	return ansi.ReplaceAllString(s, "")
}
