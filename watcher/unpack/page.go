package unpack

import (
	"bytes"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	pageBegins = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|table|div|meta|style|p|span|font|center|pre|h[1-6]|title|b|br)\b`)
	letterHead = regexp.MustCompile(`^(?:[!-9;-~]+: [^\n]*\n)+\n`)
)

// IsPage tells a web page by the beginning of its text, which may stand below the header of a mail.
func IsPage(head []byte) bool {
	return pageBegins.Match(head[len(letterHead.Find(head)):])
}

// PageText reads a page as the text that it shows: a line for each row of a table, with tabs between its cells. The header of
// a mail above it stays as it is.
func PageText(r io.Reader) io.Reader {
	return &page{html: tokens(r)}
}

// maxToken bounds one piece of a page, which is held in memory.
const maxToken = 20 << 20

func tokens(r io.Reader) *html.Tokenizer {
	t := html.NewTokenizer(r)
	t.SetMaxBuf(maxToken)
	return t
}

// page writes what a page shows.
type page struct {
	html    *html.Tokenizer
	out     bytes.Buffer
	started bool
	hidden  atom.Atom // inside of what is not shown
	verse   int       // inside of how many <pre>
	cells   []int     // of the rows that are open, how many cells have begun
	gap     bool      // a blank is due
	newline bool      // a line end is due, unless the cell ends before more text comes
	begun   bool      // the line holds something
	fresh   bool      // the cell that is open holds nothing yet
	tables  int       // how many have begun
	depth   int       // of tables
	err     error
}

func (p *page) Read(b []byte) (int, error) {
	for p.out.Len() == 0 && p.err == nil {
		p.step()
	}
	if p.out.Len() == 0 {
		return 0, p.err
	}
	return p.out.Read(b)
}

func (p *page) step() {
	switch p.html.Next() {
	case html.ErrorToken:
		if p.err = p.html.Err(); p.begun {
			p.end()
		}
	case html.TextToken:
		p.text(string(p.html.Text()))
	case html.StartTagToken, html.SelfClosingTagToken:
		name, _ := p.html.TagName()
		p.open(atom.Lookup(name))
	case html.EndTagToken:
		name, _ := p.html.TagName()
		p.close(atom.Lookup(name))
	case html.CommentToken, html.DoctypeToken:
	}
}

func (p *page) text(s string) {
	if p.hidden != 0 {
		return
	}
	if !p.started { // the header of a mail
		p.started = true
		if head := letterHead.FindString(s); head != "" {
			p.out.WriteString(head)
			s = s[len(head):]
		}
	}
	s = strings.ReplaceAll(s, "\u00a0", " ")
	if p.verse > 0 && len(p.cells) == 0 {
		p.write(s, true)
		return
	}
	words := strings.Fields(s)
	if len(words) == 0 {
		p.gap = p.gap || s != ""
		return
	}
	p.gap = p.gap || strings.TrimLeft(s, " \t\r\n") != s
	p.write(strings.Join(words, " "), false)
	p.gap = strings.TrimRight(s, " \t\r\n") != s
}

func (p *page) write(s string, verbatim bool) {
	switch {
	case p.fresh:
	case p.newline && p.cell() > 1:
		p.out.WriteByte(' ')
	case p.newline && p.begun:
		p.end()
	case p.gap && p.begun && !verbatim:
		p.out.WriteByte(' ')
	}
	p.gap, p.newline, p.fresh = false, false, false
	p.out.WriteString(s)
	p.begun = !strings.HasSuffix(s, "\n")
}

// cell is the number of the cell that is open, from 1; 0 outside of tables.
func (p *page) cell() int {
	if len(p.cells) == 0 {
		return 0
	}
	return p.cells[len(p.cells)-1]
}

func (p *page) end() {
	p.out.WriteByte('\n')
	p.begun, p.fresh, p.gap, p.newline = false, false, false, false
}

func (p *page) open(tag atom.Atom) {
	p.started = p.started || tag != 0
	switch tag {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		if p.hidden == 0 {
			p.hidden = tag
		}
	case atom.Table:
		p.tables, p.depth = p.tables+1, p.depth+1
		p.endRow()
	case atom.Tr:
		p.endRow()
		p.cells = append(p.cells, 0)
	case atom.Td, atom.Th:
		if len(p.cells) > 0 {
			if p.cells[len(p.cells)-1]++; p.cell() > 1 {
				p.out.WriteByte('\t')
				p.begun, p.fresh, p.gap, p.newline = true, true, false, false
			}
		}
	case atom.Pre:
		p.verse++
		p.newline = true
	default:
		p.newline = p.newline || blocks[tag]
	}
}

func (p *page) close(tag atom.Atom) {
	switch {
	case tag == p.hidden:
		p.hidden = 0
	case tag == atom.Tr:
		p.endRow()
		if len(p.cells) > 0 {
			p.cells = p.cells[:len(p.cells)-1]
		}
	case tag == atom.Table:
		p.endRow()
		p.depth = max(p.depth-1, 0)
		p.cells = p.cells[:min(len(p.cells), p.depth)]
	case tag == atom.Pre:
		p.verse = max(p.verse-1, 0)
		p.newline = true
	default:
		p.newline = p.newline || blocks[tag]
	}
}

// endRow ends the line of a row at once.
func (p *page) endRow() {
	if p.begun {
		p.end()
	}
	p.newline = false
}

// blocks begin a line of their own.
var blocks = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Br: true, atom.Hr: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Li: true, atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Blockquote: true, atom.Section: true,
	atom.Article: true, atom.Header: true, atom.Footer: true, atom.Center: true, atom.Form: true, atom.Caption: true,
}

// pageTables yields the innermost tables of a page, each behind the one before.
func pageTables(r io.ReaderAt, size int64) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		for n := 1; n <= maxTables; n++ {
			t := &table{page: page{html: tokens(io.NewSectionReader(r, 0, size)), started: true}, want: n}
			if t.skip(); t.err != nil {
				return
			}
			if !yield(Member{Name: "table " + strconv.Itoa(n), Content: t, Letter: Text}, nil) {
				return
			}
		}
	}
}

// maxTables bounds the tables of one page: each is found from the start.
const maxTables = 50

// table reads one table of a page and stops at its end.
type table struct {
	page
	want int
}

// skip goes to the start of the table.
func (t *table) skip() {
	for t.tables < t.want && t.err == nil {
		t.step()
	}
	t.out.Reset()
	t.begun, t.gap, t.newline, t.cells, t.depth = false, false, false, nil, 1
}

func (t *table) Read(b []byte) (int, error) {
	for t.out.Len() == 0 && t.err == nil {
		if t.step(); t.depth == 0 {
			t.err = io.EOF
		}
	}
	if t.out.Len() == 0 {
		return 0, t.err
	}
	return t.out.Read(b)
}
