package ui

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/say"
	"backstop/ui/look"
)

// computerPart sets what concerns this computer alone, each with its default and why it is that.
type computerPart struct {
	ui      *UI
	window  fyne.Window
	object  fyne.CanvasObject
	toast   *toast
	colours *choice

	background *tick
	startup    *tick
}

// scales are offered, in percent: what fits a small screen, and what can be read from afar.
var scales = []int{leastScale, 90, usualScale, 110, 120, 130, 140, 150, 160, 180, greatestOne}

func newComputerPart(u *UI, w fyne.Window) *computerPart {
	p := &computerPart{ui: u, window: w, toast: newToast(u)}
	p.colours = p.choice(comfortTheme, u.comfort.theme(), option[string]{say.T("as the system"), asSystem}, option[string]{say.T("light"), light}, option[string]{say.T("dark"), dark})
	motion := p.choice(comfortMotion, u.comfort.motion(), option[string]{say.T("unless remote"), unlessFar}, option[string]{say.T("always"), always}, option[string]{say.T("never"), never})
	notify := newTick(say.T("Tell me"), u.comfort.notifies())
	notify.OnChanged = func(on bool) { u.comfort.of.SetBool(comfortNotify, on) }
	rows := container.NewVBox(
		settingRow(say.T("Language"), say.T("Default: that of the system, where Backstop speaks it. What tools and people wrote stays as it is; so do logs and the command line."), p.language()),
		settingRow(say.T("Dates and numbers"), say.T("Default: as the language writes them. Exports to CSV keep YYYY-MM-DD, which programs read."), p.form()),
		settingRow(say.T("Colours"), say.T("Default: as the system. Light and dark say the same; colour is for states alone."), p.colours),
		settingRow(say.T("Size"), p.scaleText(), p.scale()),
		settingRow(say.T("Animations"), p.motionText(), motion),
		settingRow(say.T("Notifications"), say.T("Default: on. They tell how many, never which: names of jobs and hosts stay in the windows."), notify),
		settingRow(say.T("In the background"), p.backgroundText(), p.inBackground()),
		settingRow(say.T("Start with the session"), say.T("Default: off. Folders are watched, and holds end, only while Backstop runs. It is started for your user alone."), p.withSession()),
	)
	about := quiet(say.T("About…"), theme.InfoIcon(), u.main.showAbout)
	diagnostics := newButton(say.T("Diagnostics…"), theme.DownloadIcon(), func() { u.askDiagnostics(w) })
	u.only(desk.ToCopy, w, diagnostics)
	top := headed(heading(say.T("This computer")), about, diagnostics)
	p.object = topped(container.New(layout.NewCustomPaddedLayout(look.Gap, look.Gap, look.Gap, look.Gap), top), p.toast.object, container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, look.Gap), rows)))
	return p
}

// settingRow is one thing that can be set: what it is, its default and why, and what sets it.
func settingRow(name, why string, control fyne.CanvasObject) fyne.CanvasObject {
	words := widget.NewLabel(why)
	words.Wrapping = fyne.TextWrapWord
	words.Importance = widget.LowImportance
	title := widget.NewLabelWithStyle(name, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	sets := container.New(&column{width: 216}, control)
	return container.NewVBox(container.NewBorder(nil, nil, container.New(&column{width: 216}, title), sets, words), widget.NewSeparator())
}

// column is as wide as it is told.
type column struct{ width float32 }

func (c *column) Layout(o []fyne.CanvasObject, size fyne.Size) {
	height := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(c.width, height))
	o[0].Move(fyne.NewPos(0, max(0, (size.Height-height)/2)))
}

func (c *column) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.width, o[0].MinSize().Height)
}

// choice sets one value of a few.
func (p *computerPart) choice(name, now string, options ...option[string]) *choice {
	words := make([]string, len(options))
	for i, o := range options {
		words[i] = o.words
	}
	c := newChoice(words, nil)
	c.SetSelectedIndex(slices.IndexFunc(options, func(o option[string]) bool { return o.value == now }))
	c.OnChanged = func(string) {
		p.ui.comfort.of.SetString(name, options[c.SelectedIndex()].value)
		p.ui.dress()
	}
	return c
}

func (p *computerPart) scale() *choice {
	words := make([]string, len(scales))
	for i, s := range scales {
		words[i] = fmt.Sprintf("%d %%", s)
	}
	c := newChoice(words, nil)
	c.SetSelected(fmt.Sprintf("%d %%", p.ui.comfort.scale()))
	if p.ui.system.Scale == nil {
		c.Disable()
	}
	c.OnChanged = func(string) {
		p.ui.rescale(scales[c.SelectedIndex()])
	}
	return c
}

func (p *computerPart) scaleText() string {
	if p.ui.system.Scale == nil {
		return say.T("Set outside of Backstop, by the variable FYNE_SCALE.")
	}
	return say.T("Default: 100 %%. Everything grows together, on top of what the system asks for.")
}

func (p *computerPart) motionText() string {
	if p.ui.system.Remote {
		return say.T("Default: unless remote. This session is shown on another machine, where every picture has to travel.")
	}
	return say.T("Default: unless remote. Over Remote Desktop every picture has to travel; this session is shown here.")
}

func (p *computerPart) backgroundText() string {
	if !p.ui.hasTray() {
		return say.T("Not here: this desktop shows no tray. Closing the window ends Backstop, and nothing is watched until it is started again.")
	}
	return say.T("Default: off. Closing the window leaves Backstop watching; its icon in the tray brings the window back.")
}

func (p *computerPart) inBackground() *tick {
	p.background = newTick(say.T("Go on without a window"), p.ui.goesOn())
	if !p.ui.hasTray() {
		p.background.Disable()
	}
	p.background.OnChanged = p.changeBackground
	return p.background
}

// changeBackground asks whether the icon is really seen before anybody relies on it.
func (p *computerPart) changeBackground(on bool) {
	u := p.ui
	if !on {
		u.comfort.of.SetBool(comfortBackground, false)
		return
	}
	u.showTray()
	label := widget.NewLabel(say.T("There is an icon of Backstop in the tray now. Do you see it? Without it the window could not be brought back."))
	label.Wrapping = fyne.TextWrapWord
	q := u.newPrompt(p.window, say.T("Go on in the background"), label, say.T("I see it"), func() (func() error, error) {
		u.comfort.of.SetBool(comfortBackground, true)
		return nil, nil
	})
	q.leaving = func() {
		if !u.comfort.inBackground() {
			p.background.SetChecked(false)
		}
	}
	q.show(fyne.NewSize(480, 0), q.ok)
}

func (p *computerPart) withSession() *tick {
	p.startup = newTick(say.T("Start with it"), false)
	s := p.ui.system.Startup
	if s == nil {
		p.startup.Disable()
		return p.startup
	}
	if on, err := s.On(); err == nil {
		p.startup.Checked = on
	}
	p.startup.OnChanged = func(on bool) {
		if err := s.Set(on); err != nil {
			p.ui.showError(p.window, err)
			p.startup.Checked = !on
			p.startup.Refresh()
		}
	}
	return p.startup
}

func (p *computerPart) focus() { p.window.Canvas().Focus(p.colours) }

func (p *computerPart) reload(desk.Event) {}
