package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// A chart's size in pixels. The left one stands within the first column of the management page, which spreadsheets make seven pixels
// wide for each unit, the right one across the others, for which the library reckons with eight.
const (
	leftWidth   = 54*7 - 4
	rightWidth  = 54 * 8
	chartHeight = 300
)

// series is a row of values for a chart: columns of a page, below a title.
type series struct {
	column int
	colour string
}

// chart draws columns of a page, rows first to last, over the words in another column.
func (m *maker) chart(kind excelize.ChartType, title, sheet string, words, first, last int, all ...series) *excelize.Chart {
	if last < first {
		return nil
	}
	area := func(column int) string {
		return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(m.tabs[sheet]), columnName(column), first, columnName(column), last)
	}
	small := excelize.Font{Family: fontName, Size: 8, Color: muted}
	c := &excelize.Chart{
		Type:      kind,
		Dimension: excelize.ChartDimension{Width: leftWidth, Height: chartHeight},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Family: fontName, Size: 11, Bold: true, Color: text}}}},
		Legend:    excelize.ChartLegend{Position: "bottom", Font: &small},
		XAxis:     excelize.ChartAxis{Font: small, TickLabelSkip: max(1, (last-first)/10)},
		YAxis:     excelize.ChartAxis{Font: small, MajorGridLines: true},
	}
	if last-first > 7 && kind != excelize.Bar {
		c.XAxis.Alignment.TextRotation = -90
	}
	if len(all) == 1 {
		c.Legend.Position = "none"
		c.XAxis.TickLabelSkip = 1
	}
	for _, s := range all {
		x := excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$%d", quoted(m.tabs[sheet]), columnName(s.column), first-1),
			Categories: area(words), Values: area(s.column),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.colour}},
		}
		if kind == excelize.Line {
			x.Line = excelize.LineOptions{Width: lineWidth(last - first), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{s.colour}}}
			x.Marker = excelize.ChartMarker{Symbol: "none"}
		}
		c.Series = append(c.Series, x)
	}
	if kind == excelize.Bar {
		c.XAxis.ReverseOrder = true // the first stands at the top
	}
	return c
}

// lineWidth is thinner where very many days stand in a chart.
func lineWidth(days int) float64 {
	if days > 90 {
		return 0.75
	}
	return 2
}

func gridLines(on *bool) *excelize.ViewOptions { return &excelize.ViewOptions{ShowGridLines: on} }
