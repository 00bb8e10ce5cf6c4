package viewer

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"backstop/ui/look"
)

type logLines []string

func (l logLines) Len() int          { return len(l) }
func (l logLines) Line(i int) string { return l[i] }

// nightly is a log of n lines; every tenth is an error.
func nightly(n int) logLines {
	var l logLines
	for i := range n {
		word := "copied"
		if i%10 == 9 {
			word = "ERROR no space"
		}
		l = append(l, fmt.Sprintf("%05d %s /srv/vault/%d", i, word, i))
	}
	return l
}

func isError(line string) bool { return strings.Contains(line, "ERROR") }

const room = 12 // lines in view

func newStage(t *testing.T, lines Lines) (*Viewer, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Held(theme.VariantLight))
	v := New(lines, isError)
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, room*lineHeight+10))
	return v, w
}

func shown(v *Viewer) []string {
	var out []string
	pool := v.text.pool.All()
	for k := range pool {
		if l := pool[(v.down.Top+k)%len(pool)]; !l.box.Hidden {
			out = append(out, l.text.Text)
		}
	}
	return out
}

// drawing is the drawing of line i, which has to be in view.
func drawing(v *Viewer, i int) *line {
	pool := v.text.pool.All()
	return pool[i%len(pool)]
}

// marks is what lies under the marks of a line.
func marks(v *Viewer, i int) []string {
	l := drawing(v, i)
	var out []string
	for _, m := range l.marks {
		if !m.Hidden {
			from := int((m.Position().X-gutter)/v.style.letter + 0.5)
			out = append(out, l.text.Text[from:from+int(m.Size().Width/v.style.letter+0.5)])
		}
	}
	return out
}

func typed(v *Viewer, names ...fyne.KeyName) {
	for _, n := range names {
		v.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func check(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestViewer_aMillionLines(t *testing.T) {
	lines := nightly(1_000_000)
	v, w := newStage(t, lines)
	for _, top := range []int{0, 1, 500_001, 999_988} {
		v.ScrollTo(top)
		check(t, "first line", shown(v)[0], lines[top])
	}
	test.Scroll(w.Canvas(), fyne.NewPos(50, 50), 0, 12)
	check(t, "turned up", v.down.Top, 999_986)
}

func TestViewer_marksErrors(t *testing.T) {
	v, _ := newStage(t, nightly(40))
	for i := range room {
		failed := i == 9
		check(t, fmt.Sprint("cross of ", i), drawing(v, i).cross.Visible(), failed)
		check(t, fmt.Sprint("ground of ", i), drawing(v, i).ground.FillColor == v.style.failed.Fill, failed)
	}
	plain := New(nightly(20), nil)
	plain.Resize(fyne.NewSize(400, 300))
	check(t, "without a judge", drawing(plain, 9).cross.Visible(), false)
}

func TestViewer_growsWithItsLog(t *testing.T) {
	lines := &growing{nightly(3)}
	v, _ := newStage(t, lines)
	check(t, "lines", len(shown(v)), 3)
	lines.logLines = nightly(30)
	v.Reload()
	check(t, "lines", len(shown(v)), room)
	check(t, "in place", v.down.Top, 0)
}

type growing struct{ logLines }

func TestLine_isCutAndCleaned(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"plain":        {"all well", "all well"},
		"tab":          {"a\tb", "a    b"},
		"controls":     {"a\x1b[31mb\u202ec", "a·[31mb·c"},
		"long":         {strings.Repeat("x", 501), strings.Repeat("x", 500) + "…"},
		"just fits":    {strings.Repeat("ü", 500), strings.Repeat("ü", 500)},
		"full of tabs": {strings.Repeat("\t", 200), strings.Repeat(" ", 500) + "…"},
		"empty":        {"", ""},
	} {
		letters, _ := drawn(c.text)
		if got := string(letters); got != c.want {
			t.Errorf("%s: drawn as %q", name, got)
		}
	}
}

func TestLine_longOnesCanBeScrolledAcross(t *testing.T) {
	v, w := newStage(t, logLines{"short", strings.Repeat("wide ", 200)})
	test.Scroll(w.Canvas(), fyne.NewPos(50, 20), -70, 0)
	check(t, "moved", drawing(v, 0).box.Position().X, float32(-70))
	typed(v, fyne.KeyRight, fyne.KeyLeft, fyne.KeyLeft)
	check(t, "back", v.across.Top, 22)
	v.scrollAcross(1 << 20)
	check(t, "to the end of the longest", v.across.Top, v.text.widest-v.across.Page)
	ground := drawing(v, 0).ground
	check(t, "the ground fills the view", ground.Size().Width >= float32(v.across.Top)+v.text.Size().Width, true)
}

func TestTheme_changesTheLines(t *testing.T) {
	v, _ := newStage(t, nightly(20))
	light := fmt.Sprint(drawing(v, 0).text.Color, drawing(v, 9).ground.FillColor, v.text.ground.FillColor)
	test.ApplyTheme(t, look.Held(theme.VariantDark))
	if dark := fmt.Sprint(drawing(v, 0).text.Color, drawing(v, 9).ground.FillColor, v.text.ground.FillColor); dark == light {
		t.Errorf("both look like %s", dark)
	}
}

func TestKeys_theRestIsTheWindows(t *testing.T) {
	v, w := newStage(t, nightly(3))
	var got []string
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got = append(got, string(e.Name)) })
	w.Canvas().SetOnTypedRune(func(r rune) { got = append(got, string(r)) })
	find := &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault}
	w.Canvas().AddShortcut(find, func(fyne.Shortcut) { got = append(got, "find") })
	typed(v, fyne.KeyEscape, fyne.KeyDown)
	v.TypedRune('?')
	v.TypedShortcut(find)
	check(t, "passed on", got, "[Escape ? find]")
}
