package unpack

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// formatted is a cell with the number format that it is shown by.
type formatted struct {
	value any
	code  string
}

func workbook(t *testing.T, sheets map[string][][]any, options ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for name, rows := range sheets {
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for r, cells := range rows {
			for c, v := range cells {
				at, _ := excelize.CoordinatesToCellName(c+1, r+1)
				if v, ok := v.(formatted); ok {
					style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &v.code})
					if err != nil {
						t.Fatal(err)
					}
					_ = f.SetCellValue(name, at, v.value)
					_ = f.SetCellStyle(name, at, at, style)
					continue
				}
				if v != nil {
					_ = f.SetCellValue(name, at, v)
				}
			}
		}
	}
	if _, used := sheets["Sheet1"]; !used {
		_ = f.DeleteSheet("Sheet1")
	}
	var b bytes.Buffer
	if err := f.Write(&b, options...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readMembers gives what a file holds as "name: text", or the sentence that it ends in.
func readMembers(t *testing.T, raw []byte) []string {
	t.Helper()
	c, ok := Packed(raw)
	if !ok {
		return []string{"closed: " + Closed(raw)}
	}
	var got []string
	for m, err := range c.Members(bytes.NewReader(raw), int64(len(raw))) {
		if err == nil {
			var text []byte
			if text, err = io.ReadAll(m.Content); err == nil {
				got = append(got, m.Name+": "+string(text))
			}
		}
		if err != nil {
			got = append(got, err.Error())
		}
	}
	return got
}

func TestSheets_readsCellsAsWhatTheyMean(t *testing.T) {
	at := time.Date(2026, 3, 31, 22, 0, 5, 0, time.UTC)
	raw := workbook(t, map[string][][]any{"Läufe 2026": {
		{"Auftrag", "Beginn", "Tag", "Dauer", "Menge", "Anteil", "Text", "Gut"},
		nil,
		{
			"Nacht; \"voll\"\nund mehr",
			formatted{at, "dd.mm.yyyy hh:mm"},
			formatted{at.Truncate(24 * time.Hour), `[$-407]d. mmmm yyyy`},
			formatted{70.0*60/86400 + 2, "[h]:mm:ss"},
			formatted{1610612736.5, `#,##0.00 "GB"`},
			formatted{0.975, "0.0 %"},
			"00123", true,
		},
		{"kurz", at.Add(time.Second)},
		{nil, nil, nil, formatted{1.0 / 24, "hh:mm"}, 1.5, 12345678901234},
	}})
	want := []string{"Läufe 2026: Auftrag,Beginn,Tag,Dauer,Menge,Anteil,Text,Gut\n\n" +
		"\"Nacht; \"\"voll\"\"\nund mehr\",2026-03-31 22:00:05,2026-03-31 00:00:00,49:10:00,1610612736.5,0.975,00123,TRUE\n" +
		"kurz,2026-03-31 22:00:06\n,,,1:00:00,1.5,12345678901234\n"}
	if d := cmp.Diff(want, readMembers(t, raw)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// large stands for a part that says that it is too large; it need not be.
var large = []byte("large")

// rezip writes a workbook anew with its parts changed; a part that is nil is left out.
func rezip(t *testing.T, raw []byte, change func(name string, text []byte) []byte) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	to := zip.NewWriter(&b)
	for _, f := range from.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(r)
		switch text = change(f.Name, text); {
		case bytes.Equal(text, large):
			_, _ = to.CreateRaw(&zip.FileHeader{Name: f.Name, UncompressedSize64: maxWorkbook})
		case text != nil:
			w, _ := to.Create(f.Name)
			_, _ = w.Write(text)
		}
	}
	to.Close()
	return b.Bytes()
}

// TestSheets_saysWhatIsWrong: each of these ends in a sentence, and none is unpacked beyond the bounds.
func TestSheets_saysWhatIsWrong(t *testing.T) {
	whole := workbook(t, map[string][][]any{"Jobs": {{"Job", "Status"}, {"night", "ok"}}})
	flipped := rezip(t, whole, func(_ string, text []byte) []byte { return text })
	sheetAt := bytes.Index(flipped, []byte("xl/worksheets/sheet"))
	flipped[sheetAt+60] ^= 0xff
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"a bomb": {rezip(t, whole, func(name string, text []byte) []byte {
			if strings.HasPrefix(name, "xl/worksheets/") {
				return bytes.Repeat([]byte("<row/>"), 2<<20)
			}
			return text
		}), "it is a workbook that unpacks to far more than a table does"},
		"large": {rezip(t, whole, func(name string, text []byte) []byte {
			if name == "xl/theme/theme1.xml" {
				return large
			}
			return text
		}), "it is a workbook that unpacks to 64 MiB, more than is held in memory; save the table as CSV"},
		"too many sheets": {rezip(t, whole, func(name string, text []byte) []byte {
			if name == "xl/workbook.xml" {
				return bytes.Replace(text, []byte("</sheets>"), []byte(strings.Repeat(`<sheet name="x" sheetId="9"/>`, maxSheets)+"</sheets>"), 1)
			}
			return text
		}), "it is a workbook with more than 100 sheets; save those with runs as a workbook of their own"},
		"cut":     {whole[:len(whole)/2], "it is packed by zip and cannot be unpacked: zip: not a valid zip file"},
		"damaged": {flipped, "it is a workbook and damaged in xl/worksheets/sheet"},
		"a sheet that is cut": {rezip(t, whole, func(name string, text []byte) []byte {
			if strings.HasPrefix(name, "xl/worksheets/sheet") {
				return text[:len(text)-20]
			}
			return text
		}), ".xml: it ends too soon"},
		"with a password": {workbook(t, map[string][][]any{"Jobs": {{"Job"}}}, excelize.Options{Password: "secret"}), "closed: it is an Outlook message (.msg), or an Office document that is old (.xls) or has a password"},
		"a letter":        {rezip(t, whole, func(name string, text []byte) []byte { return map[bool][]byte{false: text}[name == "xl/workbook.xml"] }), "it is an Office document and no workbook; save the table as .xlsx or CSV"},
	} {
		got := readMembers(t, c.raw)
		if len(got) != 1 || !strings.Contains(got[0], c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestInstantOf_tellsDatesFromNumbers(t *testing.T) {
	for code, want := range map[string]taken{
		"yyyy-mm-dd": aDate, "[$-409]m/d/yy h:mm AM/PM;@": aDate, "mmm": aDate, `dd"."mm"."yyyy`: aDate, "[h]:mm:ss": aLength, "mm:ss.0": aLength,
		"0.00E+00": aNumber, `#,##0 "days"`: aNumber, `[Red]0.0\h`: aNumber, "General": aNumber, `_-* #,##0.00\ "€"_-`: aNumber, "@": aNumber, "": aNumber,
	} {
		if got := instantOf(200, map[int]string{200: code}); got != want {
			t.Errorf("%q is %d", code, got)
		}
	}
	for id, want := range map[int]taken{0: aNumber, 4: aNumber, 14: aDate, 20: aLength, 22: aDate, 46: aLength, 49: aNumber} {
		if got := instantOf(id, nil); got != want {
			t.Errorf("format %d is %d", id, got)
		}
	}
}
