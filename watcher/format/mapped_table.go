package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/say"
)

// tableRow is one record of any text that is a table: named cells, trimmed.
type tableRow struct {
	line   int
	offset int64
	names  []string // of the columns, in the file's order
	at     map[string]int
	cells  []string
}

func (r tableRow) has(column string) bool { _, ok := r.at[column]; return ok }

func (r tableRow) cell(column string) string {
	if i, ok := r.at[column]; ok && i < len(r.cells) {
		return strings.TrimSpace(r.cells[i])
	}
	return ""
}

// log is the record as a person reads it: every cell that is filled, under its name.
func (r tableRow) log() string {
	var log logText
	for i, c := range r.cells {
		if c = strings.TrimSpace(c); c != "" && i < len(r.names) {
			log.add(r.names[i] + ": " + c)
		}
	}
	return log.String()
}

// tableRows yields the records of a CSV with a header, or of a list of JSON objects.
func tableRows(in *Input, shape backup.Shape, delimiter, list string) iter.Seq2[tableRow, error] {
	if shape == backup.JSON {
		return jsonTable(in, list)
	}
	return csvTable(in, delimiter)
}

func csvTable(in *Input, delimiter string) iter.Seq2[tableRow, error] {
	return func(yield func(tableRow, error) bool) {
		var names []string
		var at map[string]int
		for rec, err := range records(in) {
			var row tableRow
			if err == nil {
				cells := splitRecord(rec.text, delimiter[0])
				if names == nil {
					names = columnNames(cells)
					at = cellPlaces(names)
					continue
				}
				row = tableRow{rec.line, rec.offset, names, at, cells}
				if len(cells) < len(names) && rec.open || len(cells) > len(names) && strings.Join(cells[len(names):], "") != "" {
					err = bad(rec.line, say.Record("it has %d columns, the header has %d", len(cells), len(names)))
				}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// columnNames are the header's words; one that is empty or stands twice gets a number, so that each can be chosen.
func columnNames(header []string) []string {
	names, taken := make([]string, 0, len(header)), make(map[string]bool, len(header))
	for i, h := range header {
		name := strings.TrimSpace(h)
		if name == "" || taken[name] {
			name = strings.TrimSpace(fmt.Sprintf("%s column %d", name, i+1))
		}
		names, taken[name] = append(names, name), true
	}
	return names
}

func cellPlaces(names []string) map[string]int {
	at := make(map[string]int, len(names))
	for i, n := range names {
		at[n] = i
	}
	return at
}

func jsonTable(in *Input, list string) iter.Seq2[tableRow, error] {
	return func(yield func(tableRow, error) bool) {
		var lists []string
		if list != "" {
			lists = []string{list}
		}
		for record, err := range jsonRecords(in, lists...) {
			var row tableRow
			switch {
			case err == nil && list != "" && record.key == "":
				continue // what holds the list
			case err == nil:
				row, err = jsonRow(record)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// jsonRow lays a record flat: what stands deeper is named by its path.
func jsonRow(r jsonRecord) (tableRow, error) {
	row := tableRow{line: r.line, offset: r.offset, at: map[string]int{}}
	dec := json.NewDecoder(bytes.NewReader(r.json))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return row, bad(r.line, say.Record("the record cannot be read: %v", err))
	}
	object, ok := v.(map[string]any)
	if !ok {
		return row, bad(r.line, say.Record("the record is no object"))
	}
	row.flatten("", object, 0)
	return row, nil
}

const maxFlat = 8 // levels

func (r *tableRow) flatten(path string, object map[string]any, depth int) {
	keys := make([]string, 0, len(object))
	for k := range object {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		name := strings.TrimPrefix(path+"."+k, ".")
		if inner, ok := object[k].(map[string]any); ok && depth < maxFlat {
			r.flatten(name, inner, depth+1)
			continue
		}
		r.at[name] = len(r.cells)
		r.names, r.cells = append(r.names, name), append(r.cells, jsonCell(object[k]))
	}
}

// jsonCell is a value as a cell shows it; lists of plain values are told one after the other.
func jsonCell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case []any:
		parts := make([]string, 0, len(v))
		for _, e := range v {
			if _, deep := e.(map[string]any); !deep {
				parts = append(parts, jsonCell(e))
			}
		}
		return strings.Join(parts, ", ")
	case map[string]any:
		return ""
	}
	return fmt.Sprint(v)
}
