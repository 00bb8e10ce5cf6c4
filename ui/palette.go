package ui

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
	"backstop/ui/rank"
)

// commandsLabel is the menu's entry that opens the palette.
const commandsLabel = "Commands…"

// commandsKey opens it in windows that have no menu.
var commandsKey = &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierShortcutDefault}

// palette calls up whatever there is by a few of its letters: actions, pages, saved views, settings, routines, incidents.
type palette struct {
	*prompt
	typed *field
	list  *widget.List
	none  *widget.Label
	all   []command // at hand
	found []command // by the desk, for what is typed
	shown []command
	used  map[string]int
	at    int
	stop  context.CancelFunc // of the question that is out
}

// usedPreference keeps how often each command was chosen.
const usedPreference = "palette.used"

func (u *UI) openPalette(w fyne.Window) {
	all := u.commandsOf(w)
	if len(all) == 0 || w.Canvas().Overlays().Top() != nil {
		return
	}
	p := &palette{typed: newField("", say.T("An action, a page, a routine, the number of an incident")), all: all, used: map[string]int{}, stop: func() {}}
	p.list = widget.NewList(func() int { return len(p.shown) }, newCommandRow, p.draw)
	p.list.HideSeparators = true
	p.list.OnSelected = p.choose
	p.none = widget.NewLabel(say.T("Nothing is called that. Routines and incidents are searched from three letters on, incidents also by number."))
	p.none.Wrapping = fyne.TextWrapWord
	p.none.Importance = widget.LowImportance
	p.typed.OnChanged = p.ask
	p.typed.walk = p.walk
	p.prompt = u.newPrompt(w, say.T("Commands"), container.NewBorder(p.typed, nil, nil, nil, container.NewStack(p.list, p.none)), say.C("a command", "Run"), p.accept)
	p.typed.in(p.prompt)
	p.cancel.Hide()
	p.ok.Hide()
	p.accepted = p.run
	p.leaving = func() { p.stop() }
	p.rank()
	p.prompt.show(fyne.NewSize(640, 480), p.typed)
	p.recall()
}

// A row is the words of a command and its hint, in this order.
func newCommandRow() fyne.CanvasObject {
	words, hint := widget.NewLabel(""), widget.NewLabel("")
	words.Truncation = fyne.TextTruncateEllipsis
	hint.Importance = widget.LowImportance
	return container.NewBorder(nil, nil, nil, hint, words)
}

func (p *palette) draw(i widget.ListItemID, o fyne.CanvasObject) {
	parts, c := o.(*fyne.Container).Objects, p.shown[i]
	parts[0].(*widget.Label).SetText(look.Printable(c.text))
	parts[1].(*widget.Label).SetText(c.hint)
}

// recall asks for what has to be read: how often each was chosen, and saved views.
func (p *palette) recall() {
	u := p.ui
	ask(u.work, func() (map[string]int, error) {
		used := map[string]int{}
		return used, u.desk.Preference(u.ctx, usedPreference, &used)
	}, func(used map[string]int, err error) {
		if err == nil {
			p.used = used
			p.rank()
		}
	})
	if u.whyNot(desk.ToSeeAll) != "" {
		return
	}
	ask(u.work, u.viewCommands, func(views []command, err error) {
		if err == nil {
			p.all = append(p.all, views...)
			p.rank()
		}
	})
}

// ask ranks what is at hand at once, and asks the desk for the rest; only the last question counts.
func (p *palette) ask(typed string) {
	p.stop()
	ctx, stop := context.WithCancel(p.ui.ctx)
	p.stop, p.found = stop, nil
	p.rank()
	typed = strings.TrimSpace(typed)
	if typed == "" || p.ui.whyNot(desk.ToSeeAll) != "" {
		return
	}
	ask(p.ui.work, func() ([]command, error) { return p.ui.findCommands(ctx, typed) }, func(found []command, err error) {
		switch {
		case ctx.Err() != nil: // something else was typed meanwhile
		case err != nil:
			p.say(err)
		default:
			p.found = found
			p.rank()
		}
	})
}

// rank shows what fits. A number means an incident before anything else.
func (p *palette) rank() {
	entries := make([]rank.Entry, len(p.all))
	for i, c := range p.all {
		entries[i] = rank.Entry{Text: c.text, Used: p.used[c.key]}
	}
	p.shown = nil
	for _, i := range rank.Best(p.typed.Text, entries, len(entries)) {
		p.shown = append(p.shown, p.all[i])
	}
	if first := strings.TrimPrefix(strings.TrimSpace(p.typed.Text), "#"); first != "" && first[0] >= '0' && first[0] <= '9' {
		p.shown = append(slices.Clone(p.found), p.shown...)
	} else {
		p.shown = append(p.shown, p.found...)
	}
	p.none.Hidden = len(p.shown) > 0
	p.none.Refresh()
	p.list.Refresh()
	p.mark(0)
}

// walk goes up and down in the list while the letters stay in the field.
func (p *palette) walk(by int) { p.mark(p.at + by) }

// mark shows which one Enter would run.
func (p *palette) mark(at int) {
	p.at = max(0, min(at, len(p.shown)-1))
	p.list.OnSelected = nil
	p.list.UnselectAll()
	if len(p.shown) > 0 {
		p.list.Select(p.at)
	}
	p.list.OnSelected = p.choose
}

// choose takes what was clicked.
func (p *palette) choose(at widget.ListItemID) {
	p.at = at
	p.enter()
}

func (p *palette) accept() (func() error, error) {
	if len(p.shown) == 0 {
		return nil, say.Error("choose one that is listed, or press Escape")
	}
	return nil, nil
}

// run does what was chosen, once the palette is gone.
func (p *palette) run() {
	c := p.shown[p.at]
	p.remember(c.key)
	c.run()
}

// usedMost bounds how many commands are remembered: those used least are forgotten.
const usedMost = 60

func (p *palette) remember(key string) {
	if key == "" {
		return
	}
	p.used[key]++
	keys := make([]string, 0, len(p.used))
	for k := range p.used {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Compare(p.used[b], p.used[a]) })
	kept := map[string]int{key: p.used[key]}
	for _, k := range keys[:min(usedMost, len(keys))] {
		kept[k] = p.used[k]
	}
	u := p.ui
	ask(u.work, func() (struct{}, error) { return struct{}{}, u.desk.SavePreference(u.ctx, usedPreference, kept) }, func(struct{}, error) {})
}
