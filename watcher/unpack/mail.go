package unpack

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"strings"
	"time"

	"backstop/app/say"
)

// maxHeader bounds a mail's header; what is longer is no header.
const maxHeader = 1 << 20

// header is a mail's header: names as in MIME, values unfolded.
type header map[string]string

// readHeader reads up to the empty line behind the header.
func readHeader(r *bufio.Reader) header {
	h, name, size := header{}, "", 0
	for size < maxHeader {
		line, err := r.ReadSlice('\n')
		size += len(line)
		text := strings.TrimRight(string(line), "\r\n")
		if text == "" {
			return h
		}
		if text[0] == ' ' || text[0] == '\t' {
			h[name] += " " + strings.TrimSpace(text)
		} else if key, value, ok := strings.Cut(text, ":"); ok {
			name = textproto.CanonicalMIMEHeaderKey(key)
			if _, twice := h[name]; !twice {
				h[name] = strings.TrimSpace(value)
			}
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return h
		}
	}
	return h
}

func (h header) contentType() (kind string, params map[string]string) {
	kind, params, err := mime.ParseMediaType(h["Content-Type"])
	if err != nil && kind == "" {
		return "text/plain", nil
	}
	return kind, params
}

func (h header) encoding() string { return strings.ToLower(h["Content-Transfer-Encoding"]) }

// sent is when the mail was sent.
func (h header) sent() time.Time {
	t, err := mail.ParseDate(h["Date"])
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// isEncodedMail tells a mail whose text is not simply below its header.
func isEncodedMail(head []byte) bool {
	if !headerLine.Match(head) {
		return false
	}
	h := readHeader(bufio.NewReaderSize(bytes.NewReader(head), HeadSize))
	kind, params := h.contentType()
	encoded := strings.HasPrefix(kind, "multipart/") || kind == "text/html" || kind == "message/rfc822" || strings.EqualFold(params["format"], "flowed")
	switch h.encoding() {
	case "quoted-printable", "base64":
		encoded = true
	}
	return encoded && h.isMail()
}

// isMail tells a mail's header from a text that happens to begin with "name: value".
func (h header) isMail() bool {
	known := 0
	for _, name := range []string{"From", "To", "Subject", "Date", "Received", "Return-Path", "Message-Id", "Mime-Version", "Delivered-To", "Content-Type"} {
		if _, ok := h[name]; ok {
			known++
		}
	}
	return known > 1
}

// IsMail tells a text below the header of a mail.
func IsMail(head []byte) bool {
	return headerLine.Match(head) && readHeader(bufio.NewReaderSize(bytes.NewReader(head), HeadSize)).isMail()
}

// BelowHeader reads a mail's text without its header.
func BelowHeader(r io.Reader) io.Reader { return &belowHeader{r: bufio.NewReaderSize(r, 64<<10)} }

type belowHeader struct {
	r     *bufio.Reader
	begun bool
}

func (b *belowHeader) Read(p []byte) (int, error) {
	if !b.begun {
		readHeader(b.r)
		b.begun = true
	}
	return b.r.Read(p)
}

func mailMembers(r io.ReaderAt, size int64) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		b := bufio.NewReaderSize(io.NewSectionReader(r, 0, size), 64<<10)
		h := readHeader(b)
		m := mailWalk{top: h, yield: yield}
		m.part(h, b, 0)
	}
}

// mailWalk goes through the parts of a mail.
type mailWalk struct {
	top   header
	parts int
	yield func(Member, error) bool
}

// maxNested bounds how deep parts stand in parts.
const maxNested = 8

// part gives out one part, or those in it; false ends the walk.
func (m *mailWalk) part(h header, body io.Reader, depth int) bool {
	kind, params := h.contentType()
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		return m.multipart(body, params["boundary"], depth)
	}
	if m.parts++; m.parts > maxMembers {
		m.yield(Member{}, say.Error("it is a mail with more than %d parts", maxMembers))
		return false
	}
	name := h.fileName()
	body = h.decoded(body)
	text := name == "" && !strings.HasPrefix(strings.ToLower(h["Content-Disposition"]), "attachment")
	switch {
	case kind == "message/rfc822":
		return m.yield(Member{Name: orName(name, "forwarded mail"), ModTime: m.top.sent(), Content: body}, nil)
	case text && kind == "text/plain":
		if strings.EqualFold(params["format"], "flowed") {
			body = newFlowed(inUTF8(body, params["charset"]), strings.EqualFold(params["delsp"], "yes"))
		} else {
			body = inUTF8(body, params["charset"])
		}
		return m.yield(Member{Name: "text", ModTime: m.top.sent(), Content: m.below(body), Letter: Text}, nil)
	case text && kind == "text/html":
		return m.yield(Member{Name: "page", ModTime: m.top.sent(), Content: m.below(inUTF8(body, params["charset"])), Letter: Page}, nil)
	case isFurniture(kind):
		return true
	}
	if strings.HasPrefix(kind, "text/") {
		body = inUTF8(body, params["charset"])
	}
	return m.yield(Member{Name: orName(name, fmt.Sprintf("part %d", m.parts)), ModTime: m.top.sent(), Content: body}, nil)
}

func (m *mailWalk) multipart(body io.Reader, boundary string, depth int) bool {
	if depth >= maxNested {
		m.yield(Member{}, say.Error("it is a mail with parts more than %d deep", maxNested))
		return false
	}
	r := multipart.NewReader(body, boundary)
	for {
		p, err := r.NextRawPart()
		if err != nil { // the end, or the mail is cut off: what came before it stands
			return true
		}
		h := header{}
		for name, values := range p.Header {
			h[name] = values[0]
		}
		if !m.part(h, p, depth+1) {
			return false
		}
	}
}

// below puts the mail's subject and date above a text, as formats know mails.
func (m *mailWalk) below(body io.Reader) io.Reader {
	var b strings.Builder
	for _, name := range []string{"From", "To", "Date", "Subject"} {
		if v := m.top[name]; v != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, oneLine(decodedWords(v)))
		}
	}
	b.WriteByte('\n')
	return io.MultiReader(strings.NewReader(b.String()), body)
}

// fileName is the name of an attachment.
func (h header) fileName() string {
	for _, field := range []string{"Content-Disposition", "Content-Type"} {
		_, params, err := mime.ParseMediaType(h[field])
		if err != nil && params == nil {
			continue
		}
		for _, key := range []string{"filename", "name"} {
			if name := params[key]; name != "" {
				return baseName(oneLine(decodedWords(name)))
			}
		}
	}
	return ""
}

func orName(name, other string) string {
	if name == "" {
		return other
	}
	return name
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// isFurniture tells what is never an export: logos, signatures, invitations.
func isFurniture(kind string) bool {
	group, _, _ := strings.Cut(kind, "/")
	switch group {
	case "image", "audio", "video", "font":
		return true
	}
	switch kind {
	case "text/calendar", "text/vcard", "text/x-vcard", "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
		"application/ms-tnef", "message/delivery-status":
		return true
	}
	return false
}
