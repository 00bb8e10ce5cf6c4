package report

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"backstop/app/desk"
	"backstop/app/say"
)

// look is how a cell looks. Each is made once: a workbook bears only so many styles.
type look struct {
	kind   desk.Kind
	form   string // a number format that the kind does not have
	bold   bool
	size   float64
	ink    string
	fill   string
	wrap   bool
	centre bool
	right  bool
	line   bool // a line below
	link   bool
	indent bool // from a number to its left
}

const fontName = "Calibri"

var formats = map[desk.Kind]string{
	desk.Whole: "#,##0", desk.ID: "0", desk.Decimal: "#,##0.0", desk.Percent: "0.0%", desk.Size: "#,##0.0", desk.Span: "#,##0.0",
}

// format is the number format of a kind; "" for text.
func format(k desk.Kind) string {
	switch k {
	case desk.Clock:
		return dateForm(say.Chosen().Form.Date) + " hh:mm"
	case desk.Date:
		return dateForm(say.Chosen().Form.Date)
	default:
		return formats[k]
	}
}

// dayOfYear is the number format of a date without its year, for charts.
func dayOfYear() string {
	return strings.Trim(strings.Replace(dateForm(say.Chosen().Form.Date), "yyyy", "", 1), "-/")
}

// dateForm is a layout of dates as spreadsheets write it.
func dateForm(layout string) string {
	return strings.NewReplacer("2006", "yyyy", "01", "mm", "02", "dd").Replace(layout)
}

// style gives the workbook's number for a look.
func (b *book) style(l look) int {
	if l.size == 0 {
		l.size = 10
	}
	if id, ok := b.styles[l]; ok {
		return id
	}
	s := excelize.Style{
		Font:      &excelize.Font{Family: fontName, Size: l.size, Bold: l.bold, Color: l.ink},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.wrap || l.kind == desk.Long},
	}
	if l.ink == "" {
		s.Font.Color = text
	}
	if l.link {
		s.Font.Color = strong
	}
	if l.fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{l.fill}}
	}
	switch {
	case l.centre:
		s.Alignment.Horizontal, s.Alignment.Vertical = "center", "center"
	case l.right:
		s.Alignment.Horizontal = "right"
	case l.indent:
		s.Alignment.Horizontal, s.Alignment.Indent = "left", 1
	}
	if l.line {
		s.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: silver}}
	}
	if form := l.form; form != "" {
		s.CustomNumFmt = &form
	} else if form := format(l.kind); form != "" {
		s.CustomNumFmt = &form
	}
	id, err := b.file.NewStyle(&s)
	b.note(err)
	b.styles[l] = id
	return id
}

// head is the look of a table's heading.
func head(k desk.Kind) look {
	return look{bold: true, ink: "FFFFFF", fill: "39424D", wrap: true, right: numeric(k), indent: !numeric(k)}
}

func numeric(k desk.Kind) bool {
	switch k {
	case desk.Whole, desk.Decimal, desk.Percent, desk.Size, desk.Span, desk.ID:
		return true
	default:
		return false
	}
}

// tone is the conditional style of a word.
func (b *book) tone(word string) int {
	if id, ok := b.tones[word]; ok {
		return id
	}
	c := Words[word]
	id, err := b.file.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Color: c.Ink},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{c.Fill}},
	})
	b.note(err)
	b.tones[word] = id
	return id
}

// colourWords paints the program's words in a range with the program's colours.
func (b *book) colourWords(sheet, area string) {
	var rules []excelize.ConditionalFormatOptions
	for _, word := range sortedWords {
		id := b.tone(word)
		rules = append(rules, excelize.ConditionalFormatOptions{Type: "cell", Criteria: "==", Value: `"` + say.W(word) + `"`, Format: &id})
	}
	b.note(b.file.SetConditionalFormat(sheet, area, rules))
}
