package ui

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"backstop/app/say"
)

// saving is a file to be written where a person says.
type saving struct {
	title string
	about string   // a line above the fields; "" is none
	name  string   // proposed, without its end
	kinds []string // the ends of names that it may have; the first is proposed
	write func(ctx context.Context, path string, progress func(words string)) (written string, err error)
	keep  bool              // for safe keeping: it takes no other file's place, and is nothing to open
	saved func(path string) // after it is written, beside what is said about it; nil: nothing
}

// fileKinds are the words for the ends of names.
var fileKinds = map[string]string{".xlsx": say.N("Excel workbook (.xlsx)"), ".csv": say.N("CSV (.csv)"), ".html": say.N("Web page for mailing (.html)"), ".json": say.N("JSON (.json)"), ".txt": say.N("Text (.txt)"), ".png": say.N("Picture (.png)"), ".db": say.N("Database (.db)"), ".zip": say.N("Archive (.zip)")}

// saveForm is the dialog that asks where to, shows how far the writing is, and can call it off. The toolkit's own dialog empties the
// file that it lets be chosen; here nothing is touched before the new file is whole.
type saveForm struct {
	saving
	ui       *UI
	window   fyne.Window
	prompt   *prompt
	folder   *field
	name     *field
	kind     *choice
	said     *widget.Label
	replaces string // a file that the person was asked about
	cancel   context.CancelFunc
}

// saveFolder is the folder chosen last, kept between starts.
const saveFolder = "save.folder"

func (u *UI) askFile(w fyne.Window, s saving) *saveForm {
	f := &saveForm{saving: s, ui: u, window: w, folder: newField("", say.T("a folder")), name: newField(s.name, say.T("a name")), said: widget.NewLabel("")}
	f.said.Importance = widget.LowImportance
	f.said.Truncation = fyne.TextTruncateEllipsis
	if err := u.desk.Preference(u.ctx, saveFolder, &f.folder.Text); err != nil || f.folder.Text == "" {
		f.folder.Text = documents()
	}
	words := make([]string, len(s.kinds))
	for i, k := range s.kinds {
		words[i] = say.W(fileKinds[k])
	}
	f.kind = newChoice(words, nil)
	f.kind.SetSelectedIndex(0)
	form := widget.NewForm(
		widget.NewFormItem(say.T("Folder"), container.NewBorder(nil, nil, nil, newButton("", theme.FolderOpenIcon(), f.browse), f.folder)),
		widget.NewFormItem(say.T("Name"), f.name),
		widget.NewFormItem(say.T("As"), f.kind),
	)
	about := widget.NewLabel(s.about)
	about.Wrapping = fyne.TextWrapWord
	about.Importance = widget.LowImportance
	about.Hidden = s.about == ""
	f.prompt = u.newPrompt(w, s.title, container.NewVBox(about, form, f.said), say.T("Save"), f.accept)
	f.prompt.leaving = func() {
		if f.cancel != nil {
			f.cancel()
		}
	}
	f.folder.in(f.prompt)
	f.name.in(f.prompt)
	f.prompt.show(fyne.NewSize(640, 0), f.name)
	return f
}

// documents is where people look for files.
func documents() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if docs := filepath.Join(home, "Documents"); isFolder(docs) {
		return docs
	}
	return home
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func (f *saveForm) browse() { browseFolder(f.window, f.prompt, f.folder) }

// browseFolder lets a folder be chosen for a field of a dialog.
func browseFolder(w fyne.Window, p *prompt, into *field) {
	d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
		if err != nil {
			p.say(err)
			return
		}
		if l != nil {
			into.SetText(l.Path())
		}
	}, w)
	d.Resize(fyne.NewSize(800, 560))
	d.Show()
}

// path is the file that was named, with the end that says what it is.
func (f *saveForm) path() (string, error) {
	folder, name := strings.TrimSpace(f.folder.Text), strings.TrimSpace(f.name.Text)
	end := f.kinds[f.kind.SelectedIndex()]
	switch {
	case name == "" || name != filepath.Base(name):
		return "", say.Error("give the file a name; the folder stands above it")
	case !filepath.IsAbs(folder) || !isFolder(folder):
		return "", say.Error("%q is no folder; choose one that is there", folder)
	case !strings.EqualFold(filepath.Ext(name), end):
		name += end
	}
	return filepath.Join(folder, name), nil
}

func (f *saveForm) accept() (func() error, error) {
	path, err := f.path()
	if err != nil {
		return nil, err
	}
	if _, err := os.Lstat(path); err == nil && f.keep {
		return nil, say.Error("there is a file %s already; give another name", filepath.Base(path))
	} else if err == nil && f.replaces != path {
		f.replaces = path
		f.prompt.ok.SetText(say.T("Replace it"))
		return nil, say.Error("there is a file %s already; replace it, or give another name", filepath.Base(path))
	}
	ctx, cancel := context.WithCancel(f.ui.ctx)
	f.cancel = cancel
	f.ui.after(slow, func() { tell(func() { f.say(say.T("Writing …")) }) })
	return func() error {
		defer cancel()
		written, err := f.write(ctx, path, f.progress())
		if err == nil {
			err = f.ui.desk.SavePreference(f.ui.ctx, saveFolder, filepath.Dir(path))
		}
		if ctx.Err() != nil && f.prompt.closed {
			return nil // called off: nothing was written, and the person knows
		}
		f.prompt.accepted = func() { f.done(path, written) }
		return err
	}, nil
}

// progress tells the windows at most ten times a second.
func (f *saveForm) progress() func(string) {
	var last time.Time
	return func(words string) {
		if now := f.ui.now(); now.Sub(last) >= 100*time.Millisecond {
			last = now
			tell(func() { f.say(words) })
		}
	}
}

func (f *saveForm) say(words string) {
	if f.prompt.busy {
		f.said.SetText(words)
	}
}

// done says where the file is and offers to open it.
func (f *saveForm) done(wanted, written string) {
	text := say.T("%s is written.", written)
	if written != wanted {
		text = say.T("%s is open in another program and stays as it is. The new one is saved beside it: %s", filepath.Base(wanted), written)
	}
	if f.keep {
		f.ui.showText(f.window, say.T("Saved"), text)
	} else {
		f.ui.offerFile(f.window, say.T("Saved"), text, written)
	}
	if f.saved != nil {
		f.saved(written)
	}
}

// offerFile tells of a file and opens it where the person wants.
func (u *UI) offerFile(w fyne.Window, title, text, path string) {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapBreak
	p := u.newPrompt(w, title, container.NewVScroll(label), say.T("Open"), func() (func() error, error) { return nil, u.openFile(path) })
	p.cancel.SetText(say.T("Close"))
	p.show(fyne.NewSize(520, 160), p.ok)
}

// openFile has the system open a file that this program wrote.
func (u *UI) openFile(path string) error {
	if _, err := os.Stat(path); err != nil {
		return say.Error("%s is not there any more", path)
	}
	return u.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)})
}
