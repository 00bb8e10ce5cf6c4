package unpack

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"

	"backstop/app/say"
)

// Bounds of an archive: how many files it may hold, and how long its list of them may be.
const (
	maxMembers   = 10_000
	maxDirectory = 16 << 20
	maxWindow    = 32 << 20 // of zstd, which must be held in memory
)

func gzipMember(r io.ReaderAt, size int64) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		z, err := gzip.NewReader(bufio.NewReader(io.NewSectionReader(r, 0, size)))
		if err != nil {
			yield(Member{}, cannot("gzip", err))
			return
		}
		yield(Member{Name: baseName(z.Name), Content: worded{z, "gzip"}, Letter: Text}, nil)
	}
}

func zstdMember(r io.ReaderAt, size int64) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		z, err := zstd.NewReader(io.NewSectionReader(r, 0, size), zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			yield(Member{}, cannot("zstd", err))
			return
		}
		defer z.Close()
		yield(Member{Content: worded{z, "zstd"}, Letter: Text}, nil)
	}
}

// baseName takes a name that a packer noted, which may be a path of another machine.
func baseName(s string) string {
	s = path.Base(strings.ReplaceAll(s, `\`, "/"))
	if s == "." || s == "/" {
		return ""
	}
	return s
}

// worded says what went wrong while unpacking in words.
type worded struct {
	from io.Reader
	kind string
}

func (w worded) Read(b []byte) (int, error) {
	n, err := w.from.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = cannot(w.kind, err)
	}
	return n, err
}

func zipMembers(r io.ReaderAt, size int64) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		z, err := openZip(r, size)
		if err != nil {
			yield(Member{}, err)
			return
		}
		named := map[string]int{}
		for _, f := range z.File {
			if f.FileInfo().IsDir() || isLitter(f.Name) {
				continue
			}
			m := zipMember(f)
			if named[m.Name]++; named[m.Name] > 1 {
				m.Name = fmt.Sprintf("%s (%d)", m.Name, named[m.Name])
			}
			if !yield(m, nil) {
				return
			}
		}
	}
}

func openZip(r io.ReaderAt, size int64) (*zip.Reader, error) {
	tail := make([]byte, min(size, 64<<10+22))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return nil, cannot("zip", err)
	}
	if i := bytes.LastIndex(tail, []byte("PK\x05\x06")); i >= 0 && i+16 <= len(tail) { // before the list is read into memory
		if binary.LittleEndian.Uint32(tail[i+12:]) > maxDirectory {
			return nil, say.Error("it is a zip with more than %d files; pack fewer into one", maxMembers)
		}
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, cannot("zip", err)
	}
	if len(z.File) > maxMembers {
		return nil, say.Error("it is a zip with more than %d files; pack fewer into one", maxMembers)
	}
	if hasPart(z, "mimetype") && hasPart(z, "content.xml") {
		return nil, say.Error("it is an OpenDocument file; save the table as .xlsx or CSV")
	}
	return z, nil
}

// isLitter tells what systems put into archives unasked.
func isLitter(name string) bool {
	base := path.Base(name)
	return strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, ".") && !strings.HasPrefix(base, "..") || base == "Thumbs.db"
}

func zipMember(f *zip.File) Member {
	m := Member{Name: zipName(f), ModTime: f.Modified.UTC()}
	const encrypted = 1
	slashed := strings.ReplaceAll(m.Name, `\`, "/")
	switch {
	case !filepath.IsLocal(slashed) || strings.Contains("/"+slashed+"/", "/../") || strings.Contains(slashed, ":"):
		m.Wrong = say.Error("its name leads out of the archive, so it is not read")
	case f.Flags&encrypted != 0:
		m.Wrong = say.Error("it is encrypted; pack it without a password")
	default:
		content, err := f.Open()
		if err != nil {
			m.Wrong = cannot("zip", err)
			break
		}
		m.Content = worded{content, "zip"}
	}
	return m
}

// zipName reads names that are not UTF-8 as DOS wrote them.
func zipName(f *zip.File) string {
	if utf8.ValidString(f.Name) {
		return f.Name
	}
	name, err := charmap.CodePage437.NewDecoder().String(f.Name)
	if err != nil {
		return strings.ToValidUTF8(f.Name, "\uFFFD")
	}
	return name
}
