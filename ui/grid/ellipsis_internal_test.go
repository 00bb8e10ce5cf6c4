package grid

import (
	"math/rand/v2"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func newFitter(t *testing.T) *fitter {
	t.Helper()
	test.NewTempApp(t)
	f := &fitter{}
	f.reset(13)
	return f
}

func TestFit_cutsAndMarks(t *testing.T) {
	f := newFitter(t)
	const long = "SQL-Prod full backup of all volumes"
	wide := f.measure(long)
	for name, c := range map[string]struct {
		text  string
		width float32
		want  string
	}{
		"all of it":             {long, wide + 20, long},
		"empty":                 {"", 100, ""},
		"no width":              {long, 0, ""},
		"less than no width":    {long, -16, ""},
		"room for nothing":      {long, 6, ""},
		"controls and new line": {"a\x00b\nc", 100, "a·b c"},
	} {
		if got := f.fit(c.text, c.width).text; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	short := f.fit(long, 120).text
	if !strings.HasSuffix(short, ellipsis) || !strings.HasPrefix(long, strings.TrimSuffix(short, ellipsis)) {
		t.Errorf("cut to %q", short)
	}
	if f.measure(short) < 100 {
		t.Errorf("%q leaves too much room in 120", short)
	}
}

// Whatever the script, a text stays within the cell: its width and what the cell keeps free on the right.
func TestFit_neverLeavesTheCell(t *testing.T) {
	f := newFitter(t)
	alphabets := map[string][]rune{
		"ascii":    []rune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,-_/\\()[]'\"~^"),
		"accents":  []rune("àéîõüçñøåßÄÖÜœŒščžŁłőű "),
		"greek":    []rune("αβγδεζηθΑΒΓΔ "),
		"arabic":   []rune("النسخالاحتياطي "),
		"japanese": []rune("夜間バックアップ失敗 "),
		"mixed":    []rune("ab夜é1γ"),
	}
	random := rand.New(rand.NewPCG(1, 2))
	for name, letters := range alphabets {
		for range 60 {
			text := make([]rune, 1+random.IntN(60))
			for i := range text {
				text[i] = letters[random.IntN(len(letters))]
			}
			width := float32(10 + random.IntN(300))
			got := f.fit(string(text), width)
			if w := f.measure(got.text); w > width+gap {
				t.Errorf("%s: %q is %v wide in %v", name, got.text, w, width)
			}
		}
	}
}

func TestFit_ofALongLogIsQuick(t *testing.T) {
	f := newFitter(t)
	got := f.fit(strings.Repeat("夜", 1<<20), 90)
	if !strings.HasSuffix(got.text, ellipsis) || len([]rune(got.text)) > 20 {
		t.Errorf("cut to %d letters", len([]rune(got.text)))
	}
	if n := len(head(strings.Repeat("x", 1<<20), 90)); n != 91 {
		t.Errorf("%d letters are looked at", n)
	}
}

func TestFit_remembersAndForgets(t *testing.T) {
	f := newFitter(t)
	name := func(i int) string {
		return strings.Repeat("n", i%50) + string(rune('A'+i%26)) + strings.Repeat("m", i/50)
	}
	f.fit("kept", 100)
	for i := range 3 * remembers {
		f.fit(name(i), 100)
		if i%100 == 0 {
			f.fit("kept", 100)
		}
	}
	if held := len(f.young) + len(f.old); held > 2*remembers {
		t.Errorf("%d texts are held", held)
	}
	key := fitting{"kept", 100}
	if _, young := f.young[key]; !young {
		if _, old := f.old[key]; !old {
			t.Error("a text in use was forgotten")
		}
	}
}

func TestFit_followsTheFont(t *testing.T) {
	f := newFitter(t)
	small := f.fit("Opened", 500).width
	f.reset(26)
	if big := f.fit("Opened", 500).width; big < 1.9*small {
		t.Errorf("%v wide at 13, %v at 26", small, big)
	}
	if w := f.fit("Opened", 500).width; fyne.MeasureText("Opened", 26, fyne.TextStyle{}).Width-w > slack {
		t.Errorf("%v wide by its letters", w)
	}
}
