package desk

import (
	"context"
	"net/netip"
	"slices"
	"strings"

	"backstop/app/backup"
	"backstop/app/incident"
	"backstop/app/say"
	"backstop/app/timeline"
)

// Alias says that a name is another name of a host. The tool's own word is never changed: aliases are only compared by.
type Alias struct {
	Name string `json:"name"`
	Host string `json:"host"` // the name that stands for both
}

// AliasesSetting is where the list is kept.
const AliasesSetting = "aliases"

// Names are the aliases that people confirmed, as one compares by them.
type Names map[string]string // folded name → host

// NamesOf makes a list comparable.
func NamesOf(list []Alias) Names {
	n := Names{}
	for _, a := range list {
		n[strings.ToLower(a.Name)] = a.Host
	}
	return n
}

// Host is the one name of a client, folded: names are of one host where it is the same.
func (n Names) Host(client string) string { return strings.ToLower(n.Named(client)) }

// Named is the one name of a client as people write it; without an alias its own.
func (n Names) Named(client string) string {
	for range len(n) { // an alias of an alias leads on; a circle ends
		host, ok := n[strings.ToLower(client)]
		if !ok {
			break
		}
		client = host
	}
	return client
}

// alike is a session under the incident's own name for the host, where aliases say that it is one.
func (n Names) alike(in incident.Incident, s incident.Session) incident.Session {
	if n.Host(s.Client) == n.Host(in.Client) {
		s.Client = in.Client
	}
	return s
}

// Aliases lists the confirmed aliases by host, then name: those of hosts of which the actor sees a client.
func (d *Desk) Aliases(ctx context.Context, actor Actor) ([]Alias, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	list, err := d.aliases(ctx)
	if err != nil || scope.Everything() {
		return list, err
	}
	clients, err := d.store.Clients(ctx, scope)
	names := NamesOf(list)
	return slices.DeleteFunc(list, func(a Alias) bool {
		return !slices.ContainsFunc(clients, func(c string) bool { return names.Host(c) == names.Host(a.Name) })
	}), err
}

func (d *Desk) aliases(ctx context.Context) ([]Alias, error) {
	var list []Alias
	err := d.store.Setting(ctx, AliasesSetting, &list)
	return list, err
}

func (d *Desk) names(ctx context.Context) (Names, error) {
	list, err := d.aliases(ctx)
	return NamesOf(list), err
}

// ConfirmAliases adds aliases to the list, with a reason: what runs under one name counts for the other.
func (d *Desk) ConfirmAliases(ctx context.Context, actor Actor, as []Alias, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	var details []timeline.Detail
	for _, a := range as {
		details = append(details, timeline.Said(say.N("alias"), a.words()))
	}
	return d.changeAliases(ctx, actor, "alias added", reason, details, func(list []Alias) ([]Alias, error) {
		for _, a := range as {
			var err error
			if list, err = withAlias(list, a); err != nil {
				return nil, err
			}
		}
		return list, nil
	})
}

// ChangeAlias puts another alias in the place of that of a name, with a reason.
func (d *Desk) ChangeAlias(ctx context.Context, actor Actor, name string, to Alias, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	list, err := d.aliases(ctx)
	if err != nil {
		return err
	}
	rest, was, err := withoutAlias(list, name)
	if err != nil {
		return err
	}
	if was == to {
		return nil
	}
	return d.changeAliases(ctx, actor, "alias changed", reason, []timeline.Detail{timeline.Changed(say.N("alias"), was.words(), to.words())}, func([]Alias) ([]Alias, error) {
		return withAlias(rest, to)
	})
}

// RemoveAliases takes aliases off the list, with a reason.
func (d *Desk) RemoveAliases(ctx context.Context, actor Actor, as []Alias, reason string) error {
	if _, err := d.may(ctx, actor, ToAdminister); err != nil {
		return err
	}
	list, err := d.aliases(ctx)
	if err != nil {
		return err
	}
	var details []timeline.Detail
	for _, a := range as {
		var was Alias
		if list, was, err = withoutAlias(list, a.Name); err != nil {
			return err
		}
		details = append(details, timeline.Said(say.N("alias"), was.words()))
	}
	return d.changeAliases(ctx, actor, "alias removed", reason, details, func([]Alias) ([]Alias, error) { return list, nil })
}

func (a Alias) words() string { return a.Name + " = " + a.Host }

// withAlias adds an alias to a list, unless it says nothing new or contradicts the others.
func withAlias(list []Alias, a Alias) ([]Alias, error) {
	name, host := strings.ToLower(a.Name), strings.ToLower(a.Host)
	switch names := NamesOf(list); {
	case name == "" || host == "":
		return nil, say.Error("an alias needs two names")
	case names.Host(name) == names.Host(host):
		return nil, say.Error("%s and %s are one host already", a.Name, a.Host)
	case names[name] != "":
		return nil, say.Error("%s is an alias of %s already", a.Name, names[name])
	}
	return append(list, a), nil
}

// withoutAlias takes the alias of a name out of a list.
func withoutAlias(list []Alias, name string) (rest []Alias, was Alias, err error) {
	i := slices.IndexFunc(list, func(o Alias) bool { return strings.EqualFold(o.Name, name) })
	if i < 0 {
		return nil, was, say.Error("alias %s: %w", name, ErrNotFound)
	}
	return slices.Delete(slices.Clone(list), i, i+1), list[i], nil
}

func (d *Desk) changeAliases(ctx context.Context, actor Actor, action, reason string, details []timeline.Detail, change func([]Alias) ([]Alias, error)) error {
	reason = strings.TrimSpace(backup.Clean(reason))
	switch {
	case len(details) == 0:
		return errNothing
	case reason == "":
		return errNoReason
	}
	list, err := d.aliases(ctx)
	if err != nil {
		return err
	}
	if list, err = change(list); err != nil {
		return err
	}
	slices.SortFunc(list, func(a, b Alias) int { return strings.Compare(a.Host+"\x00"+a.Name, b.Host+"\x00"+b.Name) })
	now, judged := d.instant(), d.judged(actor)
	rules, err := d.intakeRules(ctx, now, judged)
	if err != nil {
		return err
	}
	entries := d.entries(actor, timeline.Setting, action, append(details, timeline.Said(say.N("reason"), reason))...)
	if err = d.store.SaveAliases(ctx, list, entries, Judging{now, judged, rules}); err == nil {
		d.publish(Event{Settings: true, Routines: true, Incidents: true})
	}
	return err
}

// SuggestAliases finds clients whose short names are equal, and that no alias joins yet: FILES-01, files-01.cove.example. The longest
// name stands for the host. A person confirms them.
func (d *Desk) SuggestAliases(ctx context.Context, actor Actor) ([]Alias, error) {
	scope, err := d.may(ctx, actor, ToSeeAll)
	if err != nil {
		return nil, err
	}
	clients, err := d.store.Clients(ctx, scope)
	if err != nil {
		return nil, err
	}
	names, err := d.names(ctx)
	if err != nil {
		return nil, err
	}
	byShort := map[string][]string{}
	for _, c := range clients {
		if short := shortName(c); short != "" {
			byShort[short] = append(byShort[short], c)
		}
	}
	var found []Alias
	for _, group := range byShort {
		slices.SortFunc(group, func(a, b string) int { return len(b) - len(a) })
		host := group[0]
		for _, c := range group[1:] {
			if names.Host(c) != names.Host(host) && oneDomain(c, host) {
				found = append(found, Alias{c, host})
			}
		}
	}
	slices.SortFunc(found, func(a, b Alias) int { return strings.Compare(a.Host+"\x00"+a.Name, b.Host+"\x00"+b.Name) })
	return found, nil
}

// oneDomain leaves alone two hosts of one short name in two domains.
func oneDomain(short, full string) bool {
	return !strings.Contains(short, ".") || strings.HasPrefix(strings.ToLower(full), strings.ToLower(short)+".")
}

// shortName is a host name up to its first dot, folded; empty for an address and for what is no host name.
func shortName(client string) string {
	if _, err := netip.ParseAddr(client); err == nil || strings.ContainsAny(client, " /\\:") {
		return ""
	}
	short, _, _ := strings.Cut(strings.ToLower(client), ".")
	return short
}
