package unpack

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"regexp"
	"strconv"
)

// A mail in a mailbox begins with a line of its own: "From keeper@tide.example Mon Mar  2 07:10:12 2026". Some programs leave
// out the rest of it.
var (
	mailboxFrom = regexp.MustCompile(`^From (?:\S+ .*\d\d:\d\d.*|\S*)\r?\n`)
	headerLine  = regexp.MustCompile(`^[!-9;-~]+:`)
)

func isMailbox(head []byte) bool {
	return beginsMail(head)
}

// beginsMail tells the line before a mail by what follows it: a header.
func beginsMail(b []byte) bool {
	from := mailboxFrom.Find(b)
	return from != nil && headerLine.Match(b[len(from):])
}

func mailboxMembers(r io.ReaderAt, size int64) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		box := &mailbox{r: bufio.NewReaderSize(io.NewSectionReader(r, 0, size), 64<<10), fresh: true}
		for n := 1; ; n++ {
			if !box.next() {
				return
			}
			if !yield(Member{Name: strconv.Itoa(n), Content: box}, nil) {
				return
			}
			if _, err := io.Copy(io.Discard, box); err != nil {
				return
			}
		}
	}
}

// mailbox reads one mail after the other: each ends as a file does.
type mailbox struct {
	r     *bufio.Reader
	fresh bool   // at the start of a line behind an empty one
	line  []byte // what is left of the line that is given out
	atEnd bool   // of this mail
}

// next goes to the next mail, over the line that begins it.
func (m *mailbox) next() bool {
	_, err := m.r.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = m.r.ReadSlice('\n')
	}
	m.line, m.atEnd, m.fresh = nil, false, false
	return err == nil
}

func (m *mailbox) Read(b []byte) (int, error) {
	if len(m.line) == 0 {
		if m.atEnd {
			return 0, io.EOF
		}
		if err := m.readLine(); err != nil {
			return 0, err
		}
	}
	n := copy(b, m.line)
	m.line = m.line[n:]
	return n, nil
}

// readLine takes the next line, or as much of it as fits the buffer.
func (m *mailbox) readLine() error {
	if m.fresh {
		if ahead, _ := m.r.Peek(1 << 10); beginsMail(ahead) {
			m.atEnd = true
			return io.EOF
		}
	}
	line, err := m.r.ReadSlice('\n')
	if len(line) == 0 && err != nil {
		m.atEnd = true
		return io.EOF
	}
	m.fresh = len(bytes.TrimRight(line, "\r\n")) == 0
	if quoted := bytes.TrimLeft(line, ">"); len(quoted) < len(line) && bytes.HasPrefix(quoted, []byte("From ")) {
		line = line[1:] // a mailbox marks lines that look like its own
	}
	m.line = line
	return nil
}
