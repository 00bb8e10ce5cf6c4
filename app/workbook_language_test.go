package main

import (
	"archive/zip"
	"encoding/xml"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"backstop/app/desk"
	"backstop/app/report"
	"backstop/app/say"
)

// In every language a workbook has all sheets, each with a name of its own, and as many links as in English, none of which leads nowhere.
func TestWorkbook_inEveryLanguage(t *testing.T) {
	before := say.Chosen()
	t.Cleanup(func() { say.Use(before) })
	s := newSeason(t, 0, 0)
	s.twoCompanies()
	english := 0
	for _, l := range append(say.Languages(), say.Pseudo) {
		say.Use(l)
		path, err := s.desk.SaveWorkbook(t.Context(), ines, filepath.Join(t.TempDir(), "report.xlsx"), desk.Report{Period: s.march()}, nil)
		s.must(err)
		f, err := excelize.OpenFile(path)
		s.must(err)
		names := f.GetSheetList()
		s.must(f.Close())
		if want := len(report.Writer{}.Sheets()) + 2; len(names) != want {
			t.Errorf("%s: %d sheets, want %d: %q", l.Tag, len(names), want, names)
		}
		if l == say.Pseudo && names[0] == "Cover" {
			t.Errorf("%s: the sheets have their English names: %q", l.Tag, names)
		}
		n := 0
		for _, to := range linksOf(t, path) {
			sheet, area, _ := strings.Cut(to, "!")
			if name := strings.ReplaceAll(strings.Trim(sheet, "'"), "''", "'"); !slices.Contains(names, name) || area == "" {
				t.Errorf("%s: a link leads to %s", l.Tag, to)
			}
			n++
		}
		if l == say.English {
			english = n
		}
		if n != english || n < 150 {
			t.Errorf("%s: %d links, in English %d", l.Tag, n, english)
		}
	}
}

// linksOf are the places that the links of a workbook lead to.
func linksOf(t *testing.T, path string) (places []string) {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, part := range z.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			continue
		}
		var sheet struct {
			Links []struct {
				Location string `xml:"location,attr"`
			} `xml:"hyperlinks>hyperlink"`
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if err := xml.NewDecoder(r).Decode(&sheet); err != nil {
			t.Fatalf("%s: %v", part.Name, err)
		}
		for _, l := range sheet.Links {
			places = append(places, l.Location)
		}
	}
	return places
}
