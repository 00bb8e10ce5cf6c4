package unpack

import (
	"bufio"
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"strings"

	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/transform"
)

// decoded undoes a part's transfer encoding. A mail that is cut off ends there.
func (h header) decoded(body io.Reader) io.Reader {
	switch body = (cutShort{body}); h.encoding() {
	case "quoted-printable":
		return &quotedPrintable{r: bufio.NewReader(body)}
	case "base64":
		return cutShort{base64.NewDecoder(base64.StdEncoding, letters{body})}
	}
	return body
}

// cutShort ends where its source breaks off.
type cutShort struct{ from io.Reader }

func (c cutShort) Read(b []byte) (int, error) {
	n, err := c.from.Read(b)
	var corrupt base64.CorruptInputError
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &corrupt) {
		err = io.EOF
	}
	return n, err
}

// letters passes on what base64 is made of, whatever stands between it.
type letters struct{ from io.Reader }

func (l letters) Read(b []byte) (int, error) {
	for {
		n, err := l.from.Read(b)
		kept := 0
		for _, c := range b[:n] {
			if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
				b[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil || len(b) == 0 {
			return kept, err
		}
	}
}

// quotedPrintable is lenient: what is no escape is text. Lines may be of any length.
type quotedPrintable struct{ r *bufio.Reader }

func (q *quotedPrintable) Read(b []byte) (n int, err error) {
	for n < len(b) {
		c, err := q.r.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		if c == '=' {
			if c, err = q.escape(); err != nil {
				continue
			}
		}
		b[n] = c
		n++
		if q.r.Buffered() == 0 { // what is there is given out
			return n, nil
		}
	}
	return n, nil
}

var errSoft = errors.New("a line end that is none")

// escape reads behind an equals sign: two digits, or the end of a line that goes on.
func (q *quotedPrintable) escape() (byte, error) {
	ahead, _ := q.r.Peek(2)
	if len(ahead) == 2 {
		high, low := hex(ahead[0]), hex(ahead[1])
		if high >= 0 && low >= 0 {
			_, err := q.r.Discard(2)
			return byte(high<<4 | low), err
		}
	}
	blanks := 0
	for ; blanks < 64; blanks++ {
		ahead, err := q.r.Peek(blanks + 1)
		if err != nil {
			return 0, errSoft // the end of the part
		}
		switch ahead[blanks] {
		case ' ', '\t', '\r':
			continue
		case '\n':
			_, _ = q.r.Discard(blanks + 1)
			return 0, errSoft
		}
		break
	}
	return '=', nil
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// inUTF8 reads a text in the encoding that its part names. An unknown one, and what calls itself UTF-8 or ASCII, is left to
// whoever decodes the file.
func inUTF8(r io.Reader, charset string) io.Reader {
	switch strings.ToLower(charset) {
	case "", "utf-8", "utf8", "us-ascii", "ascii":
		return r
	}
	e, err := ianaindex.MIME.Encoding(charset)
	if err != nil || e == nil {
		return r
	}
	return transform.NewReader(r, e.NewDecoder())
}

// decodedWords reads =?utf-8?Q?...?= in a header.
func decodedWords(s string) string {
	d := mime.WordDecoder{CharsetReader: func(charset string, r io.Reader) (io.Reader, error) { return inUTF8(r, charset), nil }}
	if text, err := d.DecodeHeader(s); err == nil {
		return text
	}
	return s
}

// flowed joins the lines that a mail program broke: those that end in a blank go on in the next.
type flowed struct {
	r    *bufio.Reader
	tidy bool // the blank at the end is no part of the text
	out  []byte
	err  error
}

func newFlowed(r io.Reader, tidy bool) *flowed {
	return &flowed{r: bufio.NewReaderSize(r, 64<<10), tidy: tidy}
}

func (f *flowed) Read(b []byte) (int, error) {
	for len(f.out) == 0 && f.err == nil {
		f.out, f.err = f.line()
	}
	if len(f.out) == 0 {
		return 0, f.err
	}
	n := copy(b, f.out)
	f.out = f.out[n:]
	return n, nil
}

// line gives a line, without its end if it goes on. "-- " before a signature does not.
func (f *flowed) line() ([]byte, error) {
	line, err := f.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		return line, nil
	}
	text := strings.TrimRight(string(line), "\r\n")
	ended := len(text) < len(line)
	text = strings.TrimPrefix(text, " ") // stuffed, lest it look like a quote
	if !ended || !strings.HasSuffix(text, " ") || text == "-- " {
		return append([]byte(text), line[len(strings.TrimRight(string(line), "\r\n")):]...), err
	}
	if f.tidy {
		text = text[:len(text)-1]
	}
	return []byte(text), err
}
