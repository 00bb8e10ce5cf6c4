package ui

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/desk"
	"backstop/app/people"
	"backstop/app/say"
	"backstop/ui/grid"
	"backstop/ui/look"
)

// usersPage is who works here and what each may see, a part below each word of its first row.
type usersPage struct {
	*parts
}

func newUsersPage(u *UI, w fyne.Window) *usersPage {
	users, branches, rules, locations := newUsersPart(u, w), newBranchesPart(u, w), newPlacingsPart(u, w), newLocationsPart(u, w)
	return &usersPage{newParts(
		part{say.N("Users"), users.object, users.reload, users.focus},
		part{say.N("Branches"), branches.object, branches.reload, branches.focus},
		part{say.N("Rules"), rules.object, rules.reload, rules.focus},
		part{say.N("Virtual locations"), locations.object, locations.reload, locations.focus},
	)}
}

// usersPart lists the users.
type usersPart struct {
	*keptList[people.User]
	active *button
}

const aboutUsers = "Everything done under a name stays on record under it, so users are deactivated, never deleted. This keeps people apart who work honestly with one program. It is no lock on the file: who can open it can read it, and the chain of the timeline shows tampering, it does not prevent it."

func newUsersPart(u *UI, w fyne.Window) *usersPart {
	p := &usersPart{}
	columns := []grid.Column[people.User]{
		{Key: "name", Title: say.T("Name"), Width: 200, Text: func(x people.User) string { return x.Name }},
		{Key: "role", Title: say.T("Role"), Width: 120, Text: func(x people.User) string { return say.W(x.Role.String()) }},
		{Key: "email", Title: say.T("E-mail"), Width: 260, Text: func(x people.User) string { return x.Email }},
		{Key: "state", Title: say.T("State"), Width: 160, Text: activeText, Tone: activeTone},
	}
	p.keptList = newKeptList(u, w, columns, func() ([]people.User, error) { return u.desk.Users(u.ctx, u.actor) }, func(e desk.Event) bool { return e.Users }, p.edit)
	p.needs = desk.ToManageUsers
	p.active = newButton(say.T("Deactivate…"), theme.VisibilityOffIcon(), p.with(p.turn))
	p.shown = p.showActive
	p.lay(say.T("Users"), say.T(aboutUsers),
		emptyState(say.T("One person works here"), say.T("You, %s, do everything, and nobody signs in. To work with others, add yourself, then them: from the second user on everybody signs in.", u.actor.Name), newButton(say.T("Add…"), nil, p.add)),
		[]*button{newButton(say.T("Edit…"), theme.DocumentCreateIcon(), p.with(p.edit)), newButton(say.T("Sees…"), theme.VisibilityIcon(), p.with(p.askSight)), newButton(say.T("New password…"), theme.LoginIcon(), p.with(p.givePassword)), p.active},
		newButton(say.T("Lock after…"), theme.HistoryIcon(), p.askLock), newButton(say.T("Add…"), theme.ContentAddIcon(), p.add))
	return p
}

func activeText(x people.User) string {
	if x.Active {
		return say.T("active")
	}
	return say.T("deactivated")
}

func activeTone(x people.User) look.Tone {
	if x.Active {
		return look.Plain
	}
	return look.Muted
}

func (p *usersPart) showActive(x people.User, ok bool) {
	p.active.SetText(say.T("Deactivate…"))
	if ok && !x.Active {
		p.active.SetText(say.T("Activate…"))
	}
}

// add asks for the first user, who is the person at the desk, or for another.
func (p *usersPart) add() {
	if len(p.rows.rows) == 0 {
		p.askFirst()
		return
	}
	f := newUserForm(people.User{Role: people.Operator})
	var made people.User
	var first string
	q := p.ui.newPrompt(p.window, say.T("Add a user"), f.form(true), say.T("Add"), func() (func() error, error) {
		x := f.read()
		return func() (err error) {
			made, first, err = p.ui.desk.AddUser(p.ui.ctx, p.ui.actor, x)
			return err
		}, nil
	})
	q.accepted = func() { p.tellPassword(made.Name, first) }
	f.show(q)
}

// askFirst makes the person at the desk a user.
func (p *usersPart) askFirst() {
	f, own := newUserForm(people.User{Name: p.ui.actor.Name, Role: people.Admin}), newPasswords()
	f.role.Disable()
	body := f.form(true, own.rows(say.T("Nobody is asked for it before there is a second user."))...)
	q := p.ui.newPrompt(p.window, say.T("Add yourself"), body, say.T("Add"), func() (func() error, error) {
		x := f.read()
		password, err := own.read(x.Name)
		if err != nil {
			return nil, err
		}
		return func() error {
			_, err := p.ui.desk.FirstUser(p.ui.ctx, p.ui.actor, x, password)
			return err
		}, nil
	})
	q.accepted = func() { p.toast.show(say.T("You are the Admin. Now add the others."), nil) }
	own.in(q)
	f.show(q)
}

// edit changes a user's address and role.
func (p *usersPart) edit(x people.User) {
	f := newUserForm(x)
	q := p.ui.newPrompt(p.window, say.T("Edit %s", x.Name), f.form(false), say.T("Save"), func() (func() error, error) {
		to := f.read()
		return func() error { return p.ui.desk.ChangeUser(p.ui.ctx, p.ui.actor, to) }, nil
	})
	q.accepted = func() { p.toast.show(say.T("%s changed.", x.Name), nil) }
	f.show(q)
}

// givePassword gives somebody a new first password.
func (p *usersPart) givePassword(x people.User) {
	text := widget.NewLabel(say.T("The one %s has stops working. The new one is shown to you once, and has to be changed when it is used.", x.Name))
	text.Wrapping = fyne.TextWrapWord
	var first string
	q := p.ui.newPrompt(p.window, say.T("New password for %s", x.Name), text, say.T("Give"), func() (func() error, error) {
		return func() (err error) {
			first, err = p.ui.desk.GivePassword(p.ui.ctx, p.ui.actor, x.ID)
			return err
		}, nil
	})
	q.accepted = func() { p.tellPassword(x.Name, first) }
	q.show(fyne.NewSize(480, 0), q.ok)
}

// tellPassword shows a first password, this once.
func (p *usersPart) tellPassword(name, password string) {
	shown := newField(password, "")
	text := widget.NewLabel(say.T("Give it to %s. It is not shown again, and has to be changed when it is used first.", name))
	text.Wrapping = fyne.TextWrapWord
	copied := newButton(say.T("Copy"), theme.ContentCopyIcon(), func() { p.ui.app.Clipboard().SetContent(password) })
	q := p.ui.newPrompt(p.window, say.T("First password of %s", name), container.NewVBox(text, container.NewBorder(nil, nil, nil, copied, shown)), say.T("Done"), justClose)
	q.cancel.Hide()
	q.leaving = p.ui.signInNow
	shown.in(q)
	q.show(fyne.NewSize(480, 0), q.ok)
}

// signInNow asks who it is, where nobody had to say so before.
func (u *UI) signInNow() {
	if u.signedIn {
		return
	}
	ask(u.work, func() (bool, error) { return u.desk.SignInNeeded(u.ctx) }, func(needed bool, err error) {
		if err == nil && needed && !u.locked() {
			u.main.gate(say.T("There is a second user now: everybody signs in."), nil)
		}
	})
}

// askSight gives a user branches, or everything.
func (p *usersPart) askSight(x people.User) {
	switch x.Role {
	case people.Admin:
		p.ui.showText(p.window, say.T("%s sees everything", x.Name), say.T("An Admin does."))
		return
	case people.Client:
		p.ui.showText(p.window, say.T("%s sees through virtual locations", x.Name), say.T("Choose them under Virtual locations: a Client sees what those show that they belong to."))
		return
	default:
	}
	type known struct {
		sight    desk.Sight
		branches []desk.Branch
	}
	ask(p.ui.work, func() (k known, err error) {
		if k.sight, err = p.ui.desk.SightOf(p.ui.ctx, p.ui.actor, x.ID); err == nil {
			k.branches, err = p.ui.desk.Branches(p.ui.ctx, p.ui.actor)
		}
		return k, err
	}, func(k known, err error) {
		if err != nil {
			p.ui.showError(p.window, err)
			return
		}
		p.openSight(x, k.sight, k.branches)
	})
}

func (p *usersPart) openSight(x people.User, now desk.Sight, branches []desk.Branch) {
	everything, some := say.T("everything"), say.T("only these branches")
	what := newChoice([]string{everything, some}, nil)
	what.SetSelected(some)
	if now.Everything {
		what.SetSelected(everything)
	}
	given := newTicks()
	for _, b := range branches {
		given.add(b.String(), b.ID, slices.Contains(now.Branches, b.ID))
	}
	body := container.New(layout.NewFormLayout(), widget.NewLabel(say.T("%s sees", x.Name)), what, widget.NewLabel(say.T("Branches")), given.object(say.T("There are none yet: give sources a branch first.")))
	q := p.ui.newPrompt(p.window, say.T("What %s sees", x.Name), body, say.T("Save"), func() (func() error, error) {
		to := desk.Sight{Everything: what.Selected == everything, Branches: given.chosen()}
		return func() error { return p.ui.desk.GiveSight(p.ui.ctx, p.ui.actor, x, to) }, nil
	})
	q.accepted = func() { p.toast.show(say.T("%s sees what you chose.", x.Name), nil) }
	q.show(fyne.NewSize(480, 0), what)
}

// turn deactivates a user, whose open incidents and risks go to a successor, or lets them in again.
func (p *usersPart) turn(x people.User) {
	to := x
	if to.Active = !x.Active; to.Active {
		p.ui.askConfirm(p.window, say.T("Activate %s", x.Name), say.T("%s can sign in again with the password they had.", x.Name), say.T("Activate"),
			func() error { return p.ui.desk.ChangeUser(p.ui.ctx, p.ui.actor, to) }, func() { p.toast.show(say.T("%s is active.", x.Name), nil) })
		return
	}
	names := []string{say.T("nobody: they stay, and the view Nobody active finds them")}
	for _, o := range p.rows.rows {
		if ok, _ := desk.Allows(o.Role, desk.ToHandle); ok && o.Active && o.ID != x.ID {
			names = append(names, o.Name)
		}
	}
	heir := newChoice(names, nil)
	heir.SetSelectedIndex(0)
	text := widget.NewLabel(say.T("%s cannot sign in any more. What they did stays on record.", x.Name))
	text.Wrapping = fyne.TextWrapWord
	body := container.NewVBox(text, container.New(layout.NewFormLayout(), widget.NewLabel(say.T("Open incidents and risks go to")), heir))
	passed := 0
	q := p.ui.newPrompt(p.window, say.T("Deactivate %s", x.Name), body, say.T("Deactivate"), func() (func() error, error) {
		chosen, pass := heir.Selected, heir.SelectedIndex() > 0
		return func() (err error) {
			if err = p.ui.desk.ChangeUser(p.ui.ctx, p.ui.actor, to); err == nil && pass {
				passed, err = p.ui.desk.PassOn(p.ui.ctx, p.ui.actor, x.Name, chosen)
			}
			return err
		}, nil
	})
	q.accepted = func() {
		p.toast.show(say.T("%s is deactivated; passed on: %d.", x.Name, passed), nil)
	}
	q.show(fyne.NewSize(520, 0), heir)
}

// lockTimes are what can be chosen.
var lockTimes = []time.Duration{0, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}

func lockText(d time.Duration) string {
	if d == 0 {
		return say.T("never")
	}
	return durationText(d)
}

// askLock chooses after how long the desk is locked.
func (p *usersPart) askLock() {
	now, err := p.ui.desk.LockAfter(p.ui.ctx)
	if err != nil {
		p.ui.showError(p.window, err)
		return
	}
	after := newChoice(each(lockTimes, lockText), nil)
	after.SetSelected(lockText(now))
	text := widget.NewLabel(say.T("When nothing was asked of the desk for so long, its windows are hidden until somebody signs in. With one user there is nothing to lock."))
	text.Wrapping = fyne.TextWrapWord
	q := p.ui.newPrompt(p.window, say.T("Lock the desk"), container.NewVBox(text, container.New(layout.NewFormLayout(), widget.NewLabel(say.T("After")), after)), say.T("Save"), func() (func() error, error) {
		i := after.SelectedIndex()
		if i < 0 {
			return justClose()
		}
		return func() error { return p.ui.desk.SetLock(p.ui.ctx, p.ui.actor, lockTimes[i]) }, nil
	})
	q.show(fyne.NewSize(480, 0), after)
}

// userForm asks for what is known of a user.
type userForm struct {
	user        people.User
	name, email *field
	role        *choice
	may         *widget.Label
}

func newUserForm(x people.User) *userForm {
	f := &userForm{user: x, name: newField(x.Name, say.T("as the record calls them; it stays")), email: newField(x.Email, "name@example.org"), may: widget.NewLabel("")}
	f.may.Importance, f.may.Wrapping = widget.LowImportance, fyne.TextWrapWord
	f.role = newChoice(each(people.Roles, func(r people.Role) string { return say.W(r.String()) }), func(string) { f.may.SetText(say.W(roleText[f.chosen().String()])) })
	f.role.SetSelectedIndex(slices.Index(people.Roles, x.Role))
	return f
}

// form has more rows below its own.
func (f *userForm) form(named bool, more ...fyne.CanvasObject) fyne.CanvasObject {
	rows := []fyne.CanvasObject{widget.NewLabel(say.T("E-mail")), f.email, widget.NewLabel(say.T("Role")), f.role, widget.NewLabel(""), f.may}
	if named {
		rows = append([]fyne.CanvasObject{widget.NewLabel(say.T("Name")), f.name}, rows...)
	}
	return container.New(layout.NewFormLayout(), append(rows, more...)...)
}

func (f *userForm) read() people.User {
	x := f.user
	x.Name, x.Email = f.name.Text, f.email.Text
	x.Role = f.chosen()
	return x
}

// chosen is the role.
func (f *userForm) chosen() people.Role { return people.Roles[max(f.role.SelectedIndex(), 0)] }

func (f *userForm) show(q *prompt) {
	f.name.in(q)
	f.email.in(q)
	first := f.email
	if f.user.ID == 0 {
		first = f.name
	}
	q.show(fyne.NewSize(520, 0), first)
}
