package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/say"
	"backstop/ui/look"
)

// signIn stands in the main window until somebody has said who they are.
type signIn struct {
	ui             *UI
	name, password *field
	hint           *widget.Label
	ok             *button
	busy           bool
	object         fyne.CanvasObject
}

// gate shows nothing but the question who it is.
func (m *mainWindow) gate(about string, err error) {
	s := &signIn{ui: m.ui, name: newField("", say.T("your name")), password: newSecret(say.T("your password")), hint: widget.NewLabel("")}
	if m.ui.signedIn {
		s.name.Text = m.ui.actor.Name
	}
	s.hint.Wrapping = fyne.TextWrapWord
	s.ok = newButton(say.T("Sign in"), nil, s.enter)
	s.ok.Importance = widget.HighImportance
	for _, f := range []*field{s.name, s.password} {
		f.key = s.typed
	}
	s.say(about, err)
	title := widget.NewLabelWithStyle("Backstop", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName = theme.SizeNameSubHeadingText
	form := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("Name")), s.name, widget.NewLabel(say.T("Password")), s.password)
	lost := widget.NewLabel(say.T("Forgotten? An Admin can give a new one. Without one: backstop password --user NAME --reason WHY"))
	lost.Wrapping, lost.Importance = fyne.TextWrapWord, widget.LowImportance
	width := canvas.NewRectangle(nil)
	width.SetMinSize(fyne.NewSize(440, 0))
	s.object = container.NewCenter(container.New(layout.NewCustomPaddedVBoxLayout(look.Gap), title, width, form, s.hint, container.NewHBox(layout.NewSpacer(), s.ok), lost))
	m.asking = s
	for _, o := range m.window.Canvas().Overlays().List() {
		m.window.Canvas().Overlays().Remove(o)
	}
	m.window.SetMainMenu(fyne.NewMainMenu(fyne.NewMenu(say.T("File"), fyne.NewMenuItem(say.T("Quit"), m.ui.app.Quit))))
	m.window.Canvas().SetOnTypedRune(func(rune) {})
	m.window.Canvas().SetOnTypedKey(s.typed)
	m.window.SetContent(s.object)
	s.focus()
}

// focus goes to what is to be typed next.
func (s *signIn) focus() {
	if s.name.Text == "" {
		s.ui.main.window.Canvas().Focus(s.name)
		return
	}
	s.ui.main.window.Canvas().Focus(s.password)
}

func (s *signIn) typed(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		s.enter()
	}
}

func (s *signIn) say(about string, err error) {
	s.hint.Importance = widget.MediumImportance
	if err != nil {
		about, s.hint.Importance = sayError(err), widget.DangerImportance
	}
	s.hint.SetText(about)
	s.hint.Hidden = about == ""
}

// enter tries the name and the password.
func (s *signIn) enter() {
	if s.busy {
		return
	}
	name, password := s.name.Text, s.password.Text
	if name == "" || password == "" {
		s.say("", say.Error("enter your name and your password"))
		s.focus()
		return
	}
	s.busy = true
	s.ok.Disable()
	s.say(say.T("One moment…"), nil)
	ask(s.ui.work, func() (desk.SignedIn, error) { return s.ui.desk.SignIn(s.ui.ctx, name, password) }, func(in desk.SignedIn, err error) {
		s.busy = false
		s.ok.Enable()
		s.password.SetText("")
		switch {
		case err != nil:
			s.say("", err)
			s.focus()
		case in.OneTime:
			s.say("", nil)
			s.ui.firstPassword(in, password)
		default:
			s.ui.enter(in)
		}
	})
}

// newSecret is a field whose letters are not shown.
func newSecret(placeHolder string) *field {
	f := newField("", placeHolder)
	f.Password = true
	return f
}

// firstPassword has somebody choose a password of their own in place of the one that an Admin knows.
func (u *UI) firstPassword(in desk.SignedIn, given string) {
	f := newPasswords()
	p := u.newPrompt(u.main.window, say.T("Choose your password"), container.New(layout.NewFormLayout(), f.rows(say.T("The first one was given to you by somebody else. From now on only you know it."))...), say.T("Use it"), func() (func() error, error) {
		own, err := f.read(in.User.Name)
		if err != nil {
			return nil, err
		}
		return func() error { return u.desk.ChangePassword(u.ctx, in.Actor, given, own) }, nil
	})
	p.accepted = func() { u.enter(in) }
	f.in(p)
	p.show(fyne.NewSize(480, 0), f.first)
}

// askPassword changes the password of the person at the desk.
func (u *UI) askPassword(w fyne.Window) {
	old, f := newSecret(say.T("the one you have")), newPasswords()
	body := container.New(layout.NewFormLayout(), append([]fyne.CanvasObject{widget.NewLabel(say.T("Now")), old}, f.rows("")...)...)
	p := u.newPrompt(w, say.T("Change my password"), body, say.T("Change"), func() (func() error, error) {
		own, err := f.read(u.actor.Name)
		if err != nil {
			return nil, err
		}
		given := old.Text
		return func() error { return u.desk.ChangePassword(u.ctx, u.actor, given, own) }, nil
	})
	p.accepted = func() { u.showText(w, say.T("Changed"), say.T("Your password is changed.")) }
	f.in(p)
	old.in(p)
	p.show(fyne.NewSize(480, 0), old)
}

// passwords asks for a new password twice, since nobody sees what is typed.
type passwords struct{ first, second *field }

func newPasswords() *passwords {
	return &passwords{newSecret(say.T("at least 10 characters; a few words are best")), newSecret(say.T("once more"))}
}

func (f *passwords) in(p *prompt) {
	f.first.in(p)
	f.second.in(p)
}

// rows are those of a form, with what there is to know below them.
func (f *passwords) rows(about string) []fyne.CanvasObject {
	rows := []fyne.CanvasObject{widget.NewLabel(say.T("Password")), f.first, widget.NewLabel(say.T("Repeat")), f.second}
	if about == "" {
		return rows
	}
	words := widget.NewLabel(about)
	words.Wrapping, words.Importance = fyne.TextWrapWord, widget.LowImportance
	return append(rows, widget.NewLabel(""), words)
}

func (f *passwords) read(name string) (string, error) {
	if err := people.CheckPassword(f.first.Text, name); err != nil {
		return "", err
	}
	if f.first.Text != f.second.Text {
		return "", say.Error("the two are not the same: type it again")
	}
	return f.first.Text, nil
}
