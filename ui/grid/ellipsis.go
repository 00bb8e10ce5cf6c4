package grid

import (
	"sort"

	"fyne.io/fyne/v2"

	"backstop/ui/look"
)

const (
	ellipsis  = "…"
	remembers = 4096 // texts, in each of two generations
	slack     = 2    // pixels by which letters side by side may be wider than one by one
	lastLatin = 'ɏ'
)

// fitted is a text cut to a width, and how wide it came out.
type fitted struct {
	text  string
	width float32
}

type fitting struct {
	text  string
	width float32
}

// fitter cuts texts to their cells. Measuring is what costs, as much as all else of a scroll step together: Latin letters are measured
// once each and added up, other scripts as a whole. Results are kept in two generations: what was not asked for since the last turn is forgotten.
type fitter struct {
	size       float32
	letters    [lastLatin + 1]float32
	dots       float32
	young, old map[fitting]fitted
}

// reset forgets everything: the font or its size changed.
func (f *fitter) reset(size float32) {
	f.size = size
	f.letters, f.dots = [lastLatin + 1]float32{}, f.measure(ellipsis)
	f.young, f.old = map[fitting]fitted{}, nil
}

// fit is the text as it can be shown in that width: all of it, or its beginning and an ellipsis.
func (f *fitter) fit(text string, width float32) fitted {
	if text == "" || width <= 0 {
		return fitted{}
	}
	key := fitting{text, width}
	if got, ok := f.young[key]; ok {
		return got
	}
	got, ok := f.old[key]
	if !ok {
		got = f.cut(text, width)
	}
	if len(f.young) >= remembers {
		f.young, f.old = map[fitting]fitted{}, f.young
	}
	f.young[key] = got
	return got
}

// cut walks through the letters and remembers the last place where an ellipsis still had room.
func (f *fitter) cut(text string, width float32) fitted {
	text = look.Printable(head(text, width))
	room, dots := width-slack, f.dots
	var used, kept float32
	keep := 0
	for i, r := range text {
		if r > lastLatin {
			return f.cutMeasured(text, width)
		}
		if used+dots <= room {
			keep, kept = i, used
		}
		if used += f.letter(r); used > room {
			return ended(text[:keep], kept+dots)
		}
	}
	return fitted{text, used}
}

// cutMeasured is for scripts whose letters join, stack or change in a word, so that adding them up would be wrong.
func (f *fitter) cutMeasured(text string, width float32) fitted {
	if w := f.measure(text); w <= width {
		return fitted{text, w}
	}
	letters := []rune(text)
	tooMany := sort.Search(len(letters), func(n int) bool { return f.measure(string(letters[:n])+ellipsis) > width })
	short := string(letters[:max(0, tooMany-1)])
	return ended(short, f.measure(short+ellipsis))
}

// ended is a beginning with its ellipsis, or nothing where not one letter has room.
func ended(text string, width float32) fitted {
	if text == "" {
		return fitted{}
	}
	return fitted{text + ellipsis, width}
}

func (f *fitter) letter(r rune) float32 {
	if f.letters[r] == 0 {
		f.letters[r] = f.measure(string(r))
	}
	return f.letters[r]
}

func (f *fitter) measure(s string) float32 {
	return fyne.MeasureText(s, f.size, fyne.TextStyle{}).Width
}

// head is as much of a text as could be seen if it were all thin letters: a cell may be handed a whole log.
func head(text string, width float32) string {
	most := int(width) + 1
	for i := range text {
		if most--; most < 0 {
			return text[:i]
		}
	}
	return text
}
