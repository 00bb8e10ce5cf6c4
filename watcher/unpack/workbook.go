package unpack

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"backstop/app/say"
)

// Bounds of a workbook: it is unpacked in memory, so both what it holds and how far it unpacks are bounded.
const (
	maxWorkbook      = 64 << 20 // bytes, unpacked
	maxWords         = 32 << 20 // of them what its cells share, which takes several times as much
	maxWorkbookRatio = 100      // tables of one word pack well, but not beyond this
	workbookSlack    = 1 << 20
	maxSheets        = 100
)

// officeParts are what the first file in an Office document is called, whoever wrote it.
var officeParts = regexp.MustCompile(`^PK\x03\x04(?s:.{26})(\[Content_Types\]\.xml|_rels[/\\]|docProps[/\\]|xl[/\\])`)

// isWorkbook tells an Excel workbook from other archives by its first part.
func isWorkbook(head []byte) bool { return officeParts.Match(head) }

// sheets yields the sheets of a workbook that hold anything, each as CSV.
func sheets(r io.ReaderAt, size int64) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		book, err := openWorkbook(r, size)
		if err != nil {
			yield(Member{}, err)
			return
		}
		defer book.Close()
		names := book.GetSheetList()
		if len(names) > maxSheets {
			yield(Member{}, say.Error("it is a workbook with more than %d sheets; save those with runs as a workbook of their own", maxSheets))
			return
		}
		for _, name := range names {
			rows, err := book.Rows(name)
			if err != nil { // a sheet that is all chart
				continue
			}
			if !yield(Member{Name: name, Content: &sheet{rows: rows}, Letter: Text}, nil) {
				return
			}
		}
	}
}

func openWorkbook(r io.ReaderAt, size int64) (*excelize.File, error) {
	if err := checkWorkbook(r, size); err != nil {
		return nil, err
	}
	options := excelize.Options{UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbook} // equal: nothing of it is put on the disk
	book, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), options)
	if err != nil {
		return nil, say.Error("it is a workbook and cannot be opened: %w", err)
	}
	plainNumbers(book)
	return book, nil
}

// checkWorkbook refuses what is no workbook, or none to be held in memory, before any of it is unpacked. The library passes over what
// is damaged, so each part is read to its end here.
func checkWorkbook(r io.ReaderAt, size int64) error {
	z, err := openZip(r, size)
	if err != nil {
		return err
	}
	unpacked, words := uint64(0), uint64(0)
	for _, f := range z.File {
		unpacked += min(f.UncompressedSize64, 1<<40)
		if strings.EqualFold(f.Name, "xl/sharedStrings.xml") {
			words = f.UncompressedSize64
		}
	}
	switch {
	case hasPart(z, "xl/workbook.bin"):
		return say.Error("it is a binary workbook (.xlsb); save it as .xlsx, or the table as CSV")
	case !hasPart(z, "xl/workbook.xml"):
		return say.Error("it is an Office document and no workbook; save the table as .xlsx or CSV")
	case unpacked > maxWorkbook || words > maxWords:
		return say.Error("it is a workbook that unpacks to %d MiB, more than is held in memory; save the table as CSV", unpacked>>20)
	case unpacked > uint64(size*maxWorkbookRatio+workbookSlack):
		return say.Error("it is a workbook that unpacks to far more than a table does")
	}
	for _, f := range z.File {
		if err := wholePart(f); err != nil {
			return say.Error("it is a workbook and damaged in %s: %w", f.Name, err)
		}
	}
	return nil
}

func hasPart(z *zip.Reader, name string) bool {
	return slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) })
}

// wholePart reads a part to its end, which for a sheet is where its outermost element ends.
func wholePart(f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	var end lastBytes
	if _, err := io.Copy(&end, r); err != nil {
		return err
	}
	if strings.HasPrefix(f.Name, "xl/worksheets/sheet") && !bytes.HasSuffix(bytes.TrimSpace(end.kept), []byte("worksheet>")) && !bytes.Contains(end.kept, []byte("worksheet/>")) {
		return say.Error("it ends too soon")
	}
	return nil
}

// lastBytes keeps the end of what is written to it.
type lastBytes struct{ kept []byte }

func (l *lastBytes) Write(b []byte) (int, error) {
	const few = 64
	l.kept = append(l.kept, b[max(0, len(b)-few):]...)
	l.kept = l.kept[max(0, len(l.kept)-few):]
	return len(b), nil
}

// plainNumbers has dates written year first, lengths of time as hours, minutes and seconds, and all else as the bare number, whatever
// a cell's own format makes of it for the eye.
func plainNumbers(book *excelize.File) {
	if book.Styles == nil || book.Styles.CellXfs == nil {
		return
	}
	codes := map[int]string{}
	if book.Styles.NumFmts != nil {
		for _, f := range book.Styles.NumFmts.NumFmt {
			codes[f.NumFmtID] = f.FormatCode
		}
	}
	written := "yyyy-mm-dd hh:mm:ss"
	style, err := book.NewStyle(&excelize.Style{CustomNumFmt: &written})
	if err != nil || style >= len(book.Styles.CellXfs.Xf) || book.Styles.CellXfs.Xf[style].NumFmtID == nil {
		return
	}
	date, hours, bare := *book.Styles.CellXfs.Xf[style].NumFmtID, 46, 0
	for i := range book.Styles.CellXfs.Xf {
		xf := &book.Styles.CellXfs.Xf[i]
		if i == style || xf.NumFmtID == nil {
			continue
		}
		switch instantOf(*xf.NumFmtID, codes) {
		case aDate:
			xf.NumFmtID = &date
		case aLength:
			xf.NumFmtID = &hours
		case aNumber:
			xf.NumFmtID = &bare
		}
	}
}

// What a cell's format takes its number for.
type taken uint8

const (
	aNumber taken = iota
	aDate
	aLength
)

// shownAsIs is what a format of Excel holds beside its signs: text in quotes, escaped and padding characters, colours and languages.
var shownAsIs = regexp.MustCompile(`"[^"]*"|\\.|_.|\*.|\[(?:[^hms\]]|h[^h\]]|m[^m\]]|s[^s\]])[^\]]*\]`)

// instantOf goes by the numbers that every workbook knows, else by the signs of the workbook's own format.
func instantOf(id int, codes map[int]string) taken {
	code, own := codes[id]
	switch {
	case own:
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return aDate
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return aLength
	}
	code, _, _ = strings.Cut(strings.ToLower(shownAsIs.ReplaceAllString(code, "")), ";")
	switch {
	case code == "general":
		return aNumber
	case strings.ContainsAny(code, "yd"), strings.Contains(code, "m") && !strings.ContainsAny(code, "hs"):
		return aDate
	case strings.ContainsAny(code, "hs"):
		return aLength
	}
	return aNumber
}

// sheet reads a sheet as CSV, a row a line.
type sheet struct {
	rows *excelize.Rows
	row  int
	out  bytes.Buffer
	err  error
}

func (s *sheet) Read(b []byte) (int, error) {
	for s.out.Len() == 0 && s.err == nil {
		s.err = s.next()
	}
	if s.out.Len() == 0 {
		return 0, s.err
	}
	return s.out.Read(b)
}

// next writes the next row. An empty one is an empty line, so that lines count as rows do.
func (s *sheet) next() error {
	if !s.rows.Next() {
		if err := s.rows.Error(); err != nil {
			return say.Error("row %d cannot be read: %w", s.row+1, err)
		}
		return io.EOF
	}
	s.row++
	cells, err := s.rows.Columns()
	if err != nil {
		return say.Error("row %d cannot be read: %w", s.row, err)
	}
	if strings.Join(cells, "") == "" {
		s.out.WriteByte('\n')
		return nil
	}
	w := csv.NewWriter(&s.out)
	if err := w.Write(cells); err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}
