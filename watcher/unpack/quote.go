package unpack

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// IsQuoted tells a mail's text in which another is quoted: many of its lines begin with ">".
func IsQuoted(head []byte) bool {
	lines, quoted := 0, 0
	for line := range bytes.Lines(head) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if lines++; line[0] == '>' {
			quoted++
		}
	}
	return quoted > 2 && quoted*3 >= lines
}

// Unquoted reads a text without the marks before its lines.
func Unquoted(r io.Reader) io.Reader {
	return &unquoted{r: bufio.NewReaderSize(r, 64<<10), fresh: true}
}

type unquoted struct {
	r     *bufio.Reader
	fresh bool
	out   []byte
}

func (u *unquoted) Read(b []byte) (int, error) {
	for len(u.out) == 0 {
		line, err := u.r.ReadSlice('\n')
		if len(line) == 0 {
			return 0, err
		}
		if u.fresh {
			for len(line) > 0 && line[0] == '>' {
				line = bytes.TrimPrefix(line[1:], []byte(" "))
			}
		}
		u.fresh = !errors.Is(err, bufio.ErrBufferFull)
		u.out = line
	}
	n := copy(b, u.out)
	u.out = u.out[n:]
	return n, nil
}
