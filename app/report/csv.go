package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/say"
)

// writeCSV writes a table as CSV in UTF-8, with the mark that has Excel read it so. Text that a spreadsheet would take for a formula
// gets an apostrophe before it.
func writeCSV(w io.Writer, t desk.Table) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	line := make([]string, len(t.Columns))
	for i, col := range t.Columns {
		line[i] = harmless(heading(col, t.Zone))
	}
	if err := c.Write(line); err != nil {
		return err
	}
	for row, err := range t.Rows {
		if err != nil {
			return err
		}
		for i := range line {
			line[i] = plain(row[i], t.Columns[i].Kind, t.Zone)
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// plain is a cell as text.
func plain(cell any, kind desk.Kind, zone *time.Location) string {
	switch v := value(cell, zone).(type) {
	case nil:
		return ""
	case string:
		return harmless(v)
	case time.Time:
		if kind == desk.Date {
			return v.Format("2006-01-02")
		}
		return v.Format("2006-01-02 15:04:05")
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// harmless keeps a spreadsheet from taking text for a formula.
func harmless(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) || strings.HasPrefix(strings.TrimSpace(s), "=") {
		return "'" + s
	}
	return s
}

// heading is a column's title with the unit or the zone of what is below it.
func heading(c desk.Column, zone *time.Location) string {
	switch c.Kind {
	case desk.Clock:
		return c.Title + " (" + zone.String() + ")"
	case desk.Size:
		return c.Title + " (MiB)"
	case desk.Span:
		return say.T("%s (hours)", c.Title)
	default:
		return c.Title
	}
}

// value is a cell as a file holds it: nil, string, int64, float64, or time.Time in the report's zone. Sizes become MiB, spans hours.
func value(cell any, zone *time.Location) any {
	switch v := cell.(type) {
	case string:
		if v == "" {
			return nil
		}
		return fitting(v)
	case int:
		return int64(v)
	case desk.Ref:
		if v == 0 {
			return nil
		}
		return int64(v)
	case int64, float64:
		return v
	case backup.Count:
		return number(v, 1)
	case desk.Bytes:
		return number(v.Count, 1<<20)
	case time.Duration:
		return v.Hours()
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v.In(zone)
	}
	return nil
}

func number(c backup.Count, unit int64) any {
	n, known := c.Value()
	switch {
	case !known:
		return nil
	case unit == 1:
		return n
	}
	return float64(n) / float64(unit)
}
