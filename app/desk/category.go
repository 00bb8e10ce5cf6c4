package desk

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Category is one of the controlled list. A retired one stays with the incidents that have it and is offered no more.
type Category struct {
	Name    string `json:"name"`
	Retired bool   `json:"retired,omitempty"`
}

const categories = "categories"

// firstCategories are the list until an Admin changes it (DESIGN.md 7).
var firstCategories = []string{
	say.N("Network"), say.N("Client or agent"), say.N("Media or storage"), say.N("Capacity"), say.N("Database or application"), say.N("Credentials"),
	say.N("Configuration"), say.N("Backup server"), say.N("Schedule"), say.N("Human"), say.N("Other"),
}

// CategoryWord is a category to be read: those that the program brings in the chosen language, others as the site wrote them.
func CategoryWord(name string) string {
	if slices.Contains(firstCategories, name) {
		return say.W(name)
	}
	return name
}

// Categories lists them in their order, the retired ones too.
func (d *Desk) Categories(ctx context.Context, actor Actor) ([]Category, error) {
	if _, err := d.may(ctx, actor, ToSeeAll); err != nil {
		return nil, err
	}
	return d.categories(ctx)
}

func (d *Desk) categories(ctx context.Context) ([]Category, error) {
	var list []Category
	for _, name := range firstCategories {
		list = append(list, Category{Name: name})
	}
	err := d.store.Setting(ctx, categories, &list)
	return list, err
}

// AddCategory puts a new one at the end of the list.
func (d *Desk) AddCategory(ctx context.Context, actor Actor, name string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	name = strings.TrimSpace(name)
	return d.changeCategories(ctx, actor, "category added", timeline.Said(say.N("category"), name), func(list []Category) ([]Category, error) {
		if err := freeName(list, name); err != nil {
			return nil, err
		}
		return append(list, Category{Name: name}), nil
	})
}

// RenameCategory renames one. Incidents closed before keep the word they were closed with.
func (d *Desk) RenameCategory(ctx context.Context, actor Actor, from, to string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	to = strings.TrimSpace(to)
	return d.changeCategories(ctx, actor, "category renamed", timeline.Changed(say.N("category"), from, to), func(list []Category) ([]Category, error) {
		i := indexOf(list, from)
		if i < 0 {
			return nil, say.Error("category %q: %w", from, ErrNotFound)
		}
		if err := freeName(slices.Delete(slices.Clone(list), i, i+1), to); err != nil {
			return nil, err
		}
		list[i].Name = to
		return list, nil
	})
}

// RetireCategory takes one out of the choice, or back into it.
func (d *Desk) RetireCategory(ctx context.Context, actor Actor, name string, retired bool) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	action := say.N("category retired")
	if !retired {
		action = say.N("category taken back")
	}
	return d.changeCategories(ctx, actor, action, timeline.Said(say.N("category"), name), func(list []Category) ([]Category, error) {
		i := indexOf(list, name)
		if i < 0 {
			return nil, say.Error("category %q: %w", name, ErrNotFound)
		}
		list[i].Retired = retired
		return list, nil
	})
}

func (d *Desk) changeCategories(ctx context.Context, actor Actor, action string, detail timeline.Detail, change func([]Category) ([]Category, error)) error {
	list, err := d.categories(ctx)
	if err != nil {
		return err
	}
	if list, err = change(list); err != nil {
		return err
	}
	err = d.store.SaveSetting(ctx, categories, list, d.entries(actor, timeline.Setting, action, detail))
	if err == nil {
		d.publish(Event{Settings: true})
	}
	return err
}

func freeName(list []Category, name string) error {
	if name == "" {
		return say.Error("a category needs a name")
	}
	for _, c := range list {
		if strings.EqualFold(c.Name, name) {
			return say.Error("there is a category %q already", c.Name)
		}
	}
	return nil
}

func indexOf(list []Category, name string) int {
	return slices.IndexFunc(list, func(c Category) bool { return c.Name == name })
}

// checkCategory refuses a category that is not on the list, or no longer.
func (d *Desk) checkCategory(ctx context.Context, name string) error {
	list, err := d.categories(ctx)
	if err != nil {
		return err
	}
	if i := indexOf(list, name); i < 0 || list[i].Retired {
		return say.Error("choose a category of the list")
	}
	return nil
}

// proposals tell a category by how words of the failure begin; the first that matches wins.
var proposals = []struct {
	category string
	words    []string
}{
	{"Client or agent", []string{"files or databases were skipped"}}, // NetBackup's words for any partial run: they name no database
	{"Credentials", []string{"password", "authenticat", "authoriz", "authoris", "unauthenticat", "unauthori", "permission denied", "access denied", "access is denied", "login", "credential", "not permitted"}},
	{"Capacity", []string{"no space", "not enough space", "disk full", "storage full", "is full", "quota", "no media", "media are left", "out of space", "limit exceeded", "size exceeded"}},
	{"Database or application", []string{"ora-", "rman", "sql", "mysql", "postgresql", "vss", "database", "exchange", "sap ", "archivelog", "snapshot"}},
	{"Media or storage", []string{"media", "tape", "drive", "volume", "library", "repository", "storage", "disk pool", "checksum", "i/o error", "write error", "write failed", "read error"}},
	{"Schedule", []string{"window", "not attempted", "did not start", "missed", "start delay", "busy"}},
	{"Network", []string{"connect", "disconnect", "network", "socket", "timeout", "timed out", "unreachable", "host name", "hostname", "resolve", "broken pipe", "reset by peer", "tls"}},
	{"Client or agent", []string{"client", "agent", "inet", "file list", "no such file", "does not exist", "skipped", "could not be read", "open file"}},
	{"Configuration", []string{"configuration", "policy", "not found", "invalid", "parameter", "catalog"}},
	{"Human", []string{"user", "administrator", "cancel", "abort", "interrupt", "killed"}},
}

// ProposeCategory guesses the category from the failure; "Other" when no word tells. It is only a proposal. What the tool says
// counts, not the paths and addresses that it names.
func ProposeCategory(failure string) string {
	failure = incident.Signature("", failure)
	for _, p := range proposals {
		if slices.ContainsFunc(p.words, func(w string) bool { return beginsIn(failure, w) }) {
			return p.category
		}
	}
	return "Other"
}

// beginsIn tells whether a word of the text begins so: "rman" is in "RMAN-03009", not in "permanent".
func beginsIn(text, word string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		at += i + 1
		if before, _ := utf8.DecodeLastRuneInString(text[:at-1]); !unicode.IsLetter(before) {
			return true
		}
	}
}
