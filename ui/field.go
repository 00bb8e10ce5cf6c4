package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/ui/keys"
	"backstop/ui/look"
)

// field is an entry that hands Escape, and in one line Enter, to its dialog. The toolkit's entry keeps Tab in several lines and
// swallows the shortcuts of the window: with keys alone nobody would get out of it.
type field struct {
	widget.Entry
	hint    string // its placeholder, whole
	key     func(*fyne.KeyEvent)
	options []string     // what was entered before, offered by the arrow down
	walk    func(by int) // the arrows up and down, where a list below belongs to the field; else nil
	blinks  *time.Timer  // until the caret stands
}

func newField(text, placeHolder string) *field {
	f := &field{}
	f.ExtendBaseWidget(f)
	f.Text, f.hint, f.PlaceHolder = text, placeHolder, placeHolder
	return f
}

// SetPlaceHolder says what goes into the field while it is empty.
func (f *field) SetPlaceHolder(hint string) {
	f.hint = hint
	f.showHint()
}

// Resize implements fyne.CanvasObject.
func (f *field) Resize(size fyne.Size) {
	f.Entry.Resize(size)
	f.showHint()
}

// showHint cuts a hint that has no room in its line: the toolkit would put a scroll bar over it.
func (f *field) showHint() {
	hint := f.hint
	if width := f.Size().Width; !f.MultiLine && width > 0 {
		room := width - 4*f.Theme().Size(theme.SizeNameInnerPadding)
		if f.ActionItem != nil {
			room -= f.ActionItem.MinSize().Width
		}
		hint = look.Shortened(hint, f.Theme().Size(theme.SizeNameText), room)
	}
	if hint != f.PlaceHolder {
		f.Entry.SetPlaceHolder(hint)
	}
}

// newTextField is a field of several lines: Enter makes a new one, Ctrl+Enter is the dialog's OK.
func newTextField(placeHolder string, rows int) *field {
	f := newField("", placeHolder)
	f.MultiLine = true
	f.Wrapping = fyne.TextWrapWord
	f.SetMinRowsVisible(rows)
	return f
}

// in ties the field to its dialog.
func (f *field) in(p *prompt) *field {
	f.key = p.key
	return f
}

// offer lets the person choose from what was entered before.
func (f *field) offer(options []string) {
	f.options = options
	f.ActionItem = quiet("", theme.MenuDropDownIcon(), f.choose)
	f.Refresh()
}

func (f *field) choose() {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(f)
	if len(f.options) == 0 || canvas == nil {
		return
	}
	menu := fyne.NewMenu("")
	for _, o := range f.options {
		menu.Items = append(menu.Items, fyne.NewMenuItem(o, func() { f.SetText(o) }))
	}
	widget.ShowPopUpMenuAtRelativePosition(menu, canvas, fyne.NewPos(0, f.Size().Height), f)
}

// AcceptsTab implements fyne.Tabbable: Tab goes on to the next field.
func (f *field) AcceptsTab() bool { return false }

// FocusGained implements fyne.Focusable.
func (f *field) FocusGained() {
	f.Entry.FocusGained()
	f.blink()
	keys.Reveal(f)
}

// FocusLost implements fyne.Focusable.
func (f *field) FocusLost() {
	if f.blinks != nil {
		f.blinks.Stop()
	}
	f.Entry.FocusLost()
}

// TypedRune implements fyne.Focusable.
func (f *field) TypedRune(r rune) {
	f.blink()
	f.Entry.TypedRune(r)
}

// TypedKey implements fyne.Focusable.
func (f *field) TypedKey(e *fyne.KeyEvent) {
	f.blink()
	enter := e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
	switch {
	case f.key != nil && (e.Name == fyne.KeyEscape || enter && !f.MultiLine):
		f.key(e)
	case f.walk != nil && walked(e.Name) != 0:
		f.walk(walked(e.Name))
	case e.Name == fyne.KeyDown && len(f.options) > 0:
		f.choose()
	default:
		f.Entry.TypedKey(e)
	}
}

// walked is by how many rows a key goes down.
func walked(key fyne.KeyName) int {
	switch key {
	case fyne.KeyDown:
		return 1
	case fyne.KeyUp:
		return -1
	case fyne.KeyPageDown:
		return 10
	case fyne.KeyPageUp:
		return -10
	default:
		return 0
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (f *field) TypedShortcut(s fyne.Shortcut) {
	custom, ok := s.(*desktop.CustomShortcut)
	switch {
	case ok && f.key != nil && custom.Modifier == fyne.KeyModifierShortcutDefault && (custom.KeyName == fyne.KeyReturn || custom.KeyName == fyne.KeyEnter):
		f.key(&fyne.KeyEvent{Name: custom.KeyName})
	case ok:
		f.Entry.TypedShortcut(s)
		keys.PassShortcut(f, s)
	default:
		f.Entry.TypedShortcut(s)
	}
}
