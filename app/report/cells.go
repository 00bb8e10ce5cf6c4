package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"backstop/app/say"
)

// styled is a cell: nil, a string, an int64, a float64 or a time.Time, in one of the workbook's styles.
type styled struct {
	style int
	value any
}

// cells are the rows of one sheet, written as the sheet's own XML. They wait in a temporary file until the workbook is put together:
// the library's stream would keep up to 32 MiB of every sheet in memory.
type cells struct {
	folder string // of what waits
	rows   *waiting
	links  *waiting // of cells, to other places of the workbook; nil for none
	names  []string // of the columns
	line   []byte
}

func newCells(folder string) (*cells, error) {
	rows, err := newWaiting(folder)
	return &cells{folder: folder, rows: rows}, err
}

// row writes the row of that number; height 0 is as high as a row is.
func (c *cells) row(number int, height float64, row []styled) error {
	at := strconv.Itoa(number)
	b := append(c.line[:0], `<row r="`+at+`"`...)
	if height > 0 {
		b = append(strconv.AppendFloat(append(b, ` ht="`...), height, 'f', -1, 64), `" customHeight="1"`...)
	}
	b = append(b, '>')
	for i, x := range row {
		if i == len(c.names) {
			c.names = append(c.names, columnName(i+1))
		}
		b = append(append(append(b, `<c r="`...), c.names[i]...), at...)
		b = append(strconv.AppendInt(append(b, `" s="`...), int64(x.style), 10), '"')
		b = appendValue(b, x.value)
	}
	c.line = append(b, `</row>`...)
	_, err := c.rows.Write(c.line)
	return err
}

// appendValue writes the rest of a cell. Text is told to be text: whatever it begins with, it is no formula.
func appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		b = append(b, ` t="inlineStr"><is><t xml:space="preserve">`...)
		return append(appendText(b, v), `</t></is></c>`...)
	case int64:
		return append(strconv.AppendInt(append(b, `><v>`...), v, 10), `</v></c>`...)
	case float64:
		return append(strconv.AppendFloat(append(b, `><v>`...), v, 'f', -1, 64), `</v></c>`...)
	case time.Time:
		days := serial(v)
		if days < firstSerial {
			return appendValue(b, say.Minute(v))
		}
		return appendValue(b, days)
	}
	return append(b, `/>`...)
}

// firstSerial is 1 March 1900: before it spreadsheets disagree about which day it is, since some take 1900 for a leap year.
const firstSerial = 61

// serial is the wall clock of a time in days since the end of 1899, as spreadsheets keep it.
func serial(t time.Time) float64 {
	const day, epoch = 24 * 60 * 60 * 1000, 25_569 // milliseconds; 1970
	_, offset := t.Zone()
	return float64(t.UnixMilli()+int64(offset)*1000)/day + epoch
}

// coded is what a spreadsheet would read as the code of one character.
var coded = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

func appendText(b []byte, s string) []byte {
	if strings.Contains(s, "_x") {
		s = coded.ReplaceAllString(s, "_x005F$0")
	}
	if !strings.ContainsAny(s, "<>&\"'\t\n\r") {
		return append(b, s...)
	}
	out := bytes.NewBuffer(b)
	_ = xml.EscapeText(out, []byte(s)) // a buffer takes everything
	return out.Bytes()
}

// link has a cell lead to a place in the workbook. The library would look through all links for each.
func (c *cells) link(row, column int, to, tip string) (err error) {
	if c.links == nil {
		if c.links, err = newWaiting(c.folder); err != nil {
			return err
		}
	}
	b := append(c.line[:0], `<hyperlink ref="`...)
	b = append(b, cell(column, row)...)
	b = appendText(append(b, `" location="`...), to)
	b = appendText(append(b, `" tooltip="`...), tip)
	c.line = append(b, `"/>`...)
	_, err = c.links.Write(c.line)
	return err
}

// into writes a sheet that the library made without rows, with these rows in it.
func (c *cells) into(w io.Writer, sheet []byte) error {
	before, after, found := bytes.Cut(sheet, []byte("<sheetData></sheetData>"))
	before = bytes.Replace(before, []byte(` filterMode="true"`), nil, 1) // nothing is filtered out yet
	around, links, linked := bytes.Cut(after, []byte("</hyperlinks>"))
	if !found || c.links != nil && !linked {
		return say.Error("a sheet of the workbook has no place for its rows or links")
	}
	if err := c.rows.into(w, string(before)+"<sheetData>"); err != nil {
		return err
	}
	end := "</sheetData>" + string(after)
	if c.links != nil {
		if err := c.links.into(w, "</sheetData>"+string(around)); err != nil {
			return err
		}
		end = "</hyperlinks>" + string(links)
	}
	_, err := io.WriteString(w, end)
	return err
}

// drop removes the temporary files.
func (c *cells) drop() error { return errors.Join(c.rows.drop(), c.links.drop()) }
