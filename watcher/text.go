package watcher

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"backstop/watcher/format"
)

// text is a file's content unpacked and decoded, readable any number of times.
type text struct {
	ctx      context.Context // ends every reading
	content  func(offset int64) (io.ReadCloser, error)
	codePage string
	packed   bool
	limit    int64  // of unpacked bytes
	start    []byte // the first ones; they decide how the rest is decoded
	read     func(int64)
}

// maxRatio tells a log that packs well from a bomb. The slack lets small files be of one letter.
const (
	maxRatio = 100
	slack    = 1 << 20
)

func openText(ctx context.Context, content func(int64) (io.ReadCloser, error), size, limit int64, codePage string, read func(int64)) (*text, error) {
	t := &text{ctx: ctx, content: content, codePage: codePage, limit: min(limit, size*maxRatio+slack), read: read}
	var err error
	if t.start, err = t.first(2); err != nil {
		return nil, err
	}
	if t.packed = bytes.Equal(t.start, []byte{0x1f, 0x8b}); !t.packed {
		t.limit = limit
	}
	t.start, err = t.first(format.HeadSize)
	return t, err
}

// first gives up to n first bytes, unpacked but not decoded.
func (t *text) first(n int) ([]byte, error) {
	r, err := t.bytes(0)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readUpTo(r, n)
}

// head is what formats are told by.
func (t *text) head() ([]byte, error) {
	r, err := t.from(0)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readUpTo(r, format.HeadSize)
}

func readUpTo(r io.Reader, n int) ([]byte, error) {
	b := make([]byte, n)
	n, err := io.ReadFull(r, b)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return b[:n], err
}

// from gives the text from an offset, which is one of bytes: only plain text is read from anywhere but its start.
func (t *text) from(offset int64) (io.ReadCloser, error) {
	r, err := t.bytes(offset)
	if err != nil {
		return nil, err
	}
	decoded, err := format.Decode(r, t.start, t.codePage)
	return readCloser{decoded, r}, err
}

func (t *text) bytes(offset int64) (io.ReadCloser, error) {
	c, err := t.content(offset)
	if err != nil {
		return nil, err
	}
	r := readCloser{&counted{t: t, from: c, n: offset}, c}
	if !t.packed {
		return r, nil
	}
	unpacked, err := gzip.NewReader(bufio.NewReader(r))
	if err != nil {
		c.Close()
		return nil, notUnpacked(err)
	}
	return readCloser{&limited{unpacked, t.limit}, c}, nil
}

type readCloser struct {
	io.Reader
	io.Closer
}

// counted reports how far reading is, and ends it when it is called off.
type counted struct {
	t    *text
	from io.Reader
	n    int64
}

func (c *counted) Read(b []byte) (int, error) {
	if err := c.t.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.from.Read(b)
	c.n += int64(n)
	c.t.read(c.n)
	return n, err
}

// limited refuses a file that unpacks to more than a log would.
type limited struct {
	from io.Reader
	left int64
}

func (l *limited) Read(b []byte) (int, error) {
	n, err := l.from.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return 0, &refusal{reason: "it unpacks to far more than a log does"}
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, notUnpacked(err)
	}
	return n, err
}

func notUnpacked(err error) error {
	return &refusal{reason: fmt.Sprintf("it is packed by gzip and cannot be unpacked: %v", err)}
}

// textCheck finds out while bytes pass whether they are plain: UTF-8, without a byte order mark and without the NULs of UTF-16.
type textCheck struct {
	seen bool
	odd  bool
	cut  []byte // a rune cut by the end of the last piece
}

func (c *textCheck) add(b []byte) {
	if c.odd || len(b) == 0 {
		return
	}
	c.odd = bytes.IndexByte(b, 0) >= 0 || !c.seen && bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF})
	c.seen = true
	if len(c.cut) > 0 {
		b = append(c.cut, b...)
	}
	end := len(b)
	for end > 0 && len(b)-end < utf8.UTFMax && !utf8.RuneStart(b[end-1]) {
		end--
	}
	if end > 0 && !utf8.FullRune(b[end-1:]) {
		end--
	} else {
		end = len(b)
	}
	c.odd = c.odd || !utf8.Valid(b[:end])
	c.cut = bytes.Clone(b[end:])
}

func (c *textCheck) plain() bool { return !c.odd && len(c.cut) == 0 }
