// Package unpack opens what exports come in: archives, mails, mailboxes, the tables of web pages and the sheets of workbooks. Content
// decides what something is, never its name. It knows no export format and writes nothing.
package unpack

import (
	"bytes"
	"io"
	"iter"
	"time"

	"backstop/app/say"
)

// HeadSize is how much of a file tells what it is.
const HeadSize = 64 << 10

// Member is one file inside a container. Its content is to be read before the next one is asked for.
type Member struct {
	Name    string    // for people: its path in an archive, its number in a mailbox
	ModTime time.Time // zero where the container tells none
	Content io.Reader // nil where Wrong says why it cannot be had
	Wrong   error
	Letter  Letter
}

// Letter tells what a container says itself from what is enclosed in it.
type Letter uint8

// The text of a mail beside an attached export need be none, and its page need not be read where it says the same as text. The
// one content of a packed file is its text: if it is no export, the file is none.
const (
	Attached Letter = iota
	Text
	Page
)

// Container is how a file is opened.
type Container struct {
	Kind    string // "zip": it is recorded, and kept as the file's format
	Archive bool   // packed: it may hold far more than its size
	members func(r io.ReaderAt, size int64) iter.Seq2[Member, error]
}

// Members yields what the container holds. An error ends it, in words for people.
func (c Container) Members(r io.ReaderAt, size int64) iter.Seq2[Member, error] {
	return c.members(r, size)
}

// Packed tells an archive by its first bytes.
func Packed(head []byte) (Container, bool) {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return Container{"gzip", true, gzipMember}, true
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return Container{"zstd", true, zstdMember}, true
	case isWorkbook(head): // not an archive inside an archive where it lies in one: it is bounded by itself
		return Container{say.Record("workbook"), false, sheets}, true
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return Container{"zip", true, zipMembers}, true
	}
	return Container{}, false
}

// Post tells a mailbox, and a mail that has to be decoded, by the beginning of its text. A mail of plain text is read as it is.
func Post(head []byte) (Container, bool) {
	switch {
	case isMailbox(head):
		return Container{say.Record("mailbox"), false, mailboxMembers}, true
	case isEncodedMail(head):
		return Container{say.Record("mail"), false, mailMembers}, true
	}
	return Container{}, false
}

// Tables opens a web page as the tables in it, each as tab separated text.
var Tables = Container{say.Record("page"), false, pageTables}

// closed are kinds that are known and not opened.
var closed = []struct {
	begin string
	at    int
	what  string
}{
	{"7z\xbc\xaf\x27\x1c", 0, say.Record("it is a 7-Zip archive; unpack it, or pack the exports as .zip, .gz or .zst")},
	{"Rar!\x1a\x07", 0, say.Record("it is a RAR archive; unpack it, or pack the exports as .zip, .gz or .zst")},
	{"\xfd7zXZ\x00", 0, say.Record("it is packed by xz; unpack it, or pack the exports as .zip, .gz or .zst")},
	{"BZh", 0, say.Record("it is packed by bzip2; unpack it, or pack the exports as .zip, .gz or .zst")},
	{"ustar", 257, say.Record("it is a tar archive; unpack it and import what it holds")},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, say.Record("it is an Outlook message (.msg), or an Office document that is old (.xls) or has a password; save the mail as .eml or text, the table as .xlsx without a password or as CSV")},
	{"%PDF-", 0, say.Record("it is a PDF, which is made to be printed; export the same report as CSV or text")},
	{"SQLite format 3\x00", 0, say.Record("it is a database, not an export")},
}

// Closed says of a kind that is known but not opened what to do instead; "" for any other.
func Closed(head []byte) string {
	for _, c := range closed {
		if len(head) > c.at && bytes.HasPrefix(head[c.at:], []byte(c.begin)) && looksBinary(head) {
			return c.what
		}
	}
	return ""
}

// looksBinary keeps a text that begins with such letters a text.
func looksBinary(head []byte) bool {
	return bytes.IndexByte(head, 0) >= 0 || bytes.HasPrefix(head, []byte("%PDF-")) || bytes.HasPrefix(head, []byte("BZh"))
}

func cannot(kind string, err error) error {
	return say.Error("it is packed by %s and cannot be unpacked: %w", kind, err)
}
