package format

import (
	"bytes"
	"cmp"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"backstop/app/say"
)

// Decode turns a file's bytes into UTF-8 text. No detector guesses (they are all wrong on common inputs): a byte order mark
// decides, then the NULs that UTF-16 leaves between Latin letters, then UTF-8, and single bytes that are not UTF-8 are
// taken from the source's code page ("" is windows-1252). head is the beginning of what r yields.
func Decode(r io.Reader, head []byte, codePage string) (io.Reader, error) {
	page, err := codePageNamed(codePage)
	if err != nil {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		return transform.NewReader(r, transform.Chain(unicode.BOMOverride(encoding.Nop.NewDecoder()), repair{charmap.Windows1252})), nil
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()), nil
	case nulsAt(head, 1):
		return transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()), nil
	case nulsAt(head, 0):
		return transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()), nil
	}
	if single, ok := page.(*charmap.Charmap); ok {
		return transform.NewReader(r, repair{single}), nil
	}
	if utf8.Valid(completeRunes(head)) {
		return transform.NewReader(r, repair{charmap.Windows1252}), nil
	}
	return transform.NewReader(r, page.NewDecoder()), nil
}

// EncodingName says in a word how Decode reads a file that begins with head.
func EncodingName(head []byte, codePage string) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}), nulsAt(head, 0), nulsAt(head, 1):
		return "UTF-16"
	case utf8.Valid(completeRunes(head)):
		return "UTF-8"
	}
	return cmp.Or(codePage, "windows-1252")
}

func codePageNamed(name string) (encoding.Encoding, error) {
	if name == "" {
		return charmap.Windows1252, nil
	}
	page, err := ianaindex.IANA.Encoding(name)
	if err != nil || page == nil {
		return nil, say.Error("code page %q is not known; use a name such as windows-1252, IBM850 or Shift_JIS", name)
	}
	return page, nil
}

// nulsAt tells UTF-16 without a mark: Latin text has a NUL in most of its pairs, always on the same side.
func nulsAt(head []byte, side int) bool {
	head = head[:min(len(head), 4096)&^1]
	nul, other := 0, 0
	for i := 0; i+1 < len(head); i += 2 {
		if head[i+side] == 0 {
			nul++
		}
		if head[i+1-side] == 0 {
			other++
		}
	}
	return nul > 0 && other == 0 && nul*10 >= len(head)/2*4
}

// completeRunes drops a last rune that the end of head may have cut.
func completeRunes(head []byte) []byte {
	for i := 1; i <= min(utf8.UTFMax, len(head)); i++ {
		if utf8.RuneStart(head[len(head)-i]) {
			if !utf8.FullRune(head[len(head)-i:]) {
				return head[:len(head)-i]
			}
			break
		}
	}
	return head
}

// repair passes UTF-8 on and reads each byte that is none from a code page, so one stray byte costs one letter, not the file.
type repair struct{ page *charmap.Charmap }

func (repair) Reset() {}

func (t repair) Transform(dst, src []byte, atEOF bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		run := validRun(src[nSrc:])
		if n := copy(dst[nDst:], src[nSrc:nSrc+run]); n < run {
			n = len(completeRunes(src[nSrc : nSrc+n]))
			return nDst + n, nSrc + n, transform.ErrShortDst
		}
		nDst, nSrc = nDst+run, nSrc+run
		if nSrc == len(src) {
			break
		}
		if !atEOF && !utf8.FullRune(src[nSrc:]) {
			return nDst, nSrc, transform.ErrShortSrc
		}
		r := t.page.DecodeByte(src[nSrc])
		if nDst+utf8.RuneLen(r) > len(dst) {
			return nDst, nSrc, transform.ErrShortDst
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc++
	}
	return nDst, nSrc, nil
}

// validRun is the length of the UTF-8 that b begins with.
func validRun(b []byte) int {
	n := 0
	for n < len(b) {
		if b[n] < utf8.RuneSelf {
			n++
			continue
		}
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		n += size
	}
	return n
}
