package watcher

import (
	"bytes"
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"backstop/watcher/format"
)

// text is a file's content decoded, readable any number of times.
type text struct {
	ctx      context.Context // ends every reading
	content  func(offset int64) (io.ReadCloser, error)
	codePage string
	through  func(io.Reader) io.Reader // what the decoded text is read through; nil for as it is
	start    []byte                    // the first bytes; they decide how the rest is decoded
	read     func(int64)
}

func openText(ctx context.Context, content func(int64) (io.ReadCloser, error), codePage string, read func(int64)) (*text, error) {
	t := &text{ctx: ctx, content: content, codePage: codePage, read: read}
	var err error
	t.start, err = t.first(format.HeadSize)
	return t, err
}

// first gives up to n first bytes as they are.
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
	if err == nil && t.through != nil {
		decoded = t.through(decoded)
	}
	return readCloser{decoded, r}, err
}

func (t *text) bytes(offset int64) (io.ReadCloser, error) {
	c, err := t.content(offset)
	if err != nil {
		return nil, err
	}
	return readCloser{&counted{t: t, from: c, n: offset}, c}, nil
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
