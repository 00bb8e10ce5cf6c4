package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/people"
)

// sees narrows a user to branches of the company Meadow, by name.
func sees(t *testing.T, d *desk.Desk, admin, user desk.Actor, branches ...string) {
	t.Helper()
	users, err := d.Users(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	all, err := d.Branches(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	var sight desk.Sight
	for _, b := range all {
		if strings.Contains(strings.Join(branches, " "), b.Name) {
			sight.Branches = append(sight.Branches, b.ID)
		}
	}
	for _, u := range users {
		if u.Name == user.Name {
			if err := d.GiveSight(t.Context(), admin, u, sight); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// What somebody drops who sees branches alone belongs to one of them: they see it, and who sees another branch does not.
func TestBranches_whatIsDroppedBelongsToOne(t *testing.T) {
	d, actors := staff(t)
	admin, op := actors[people.Admin], actors[people.Operator]
	for _, b := range []string{"Lisbon", "Porto"} {
		if err := d.AddBranch(t.Context(), admin, "Meadow", b); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "jobs.txt")
	if err := os.WriteFile(path, []byte(job("700101", "58", "LEDGER-FULL", "ledger-02", "1772323200", "1772323800")), 0o600); err != nil {
		t.Fatal(err)
	}
	drop := desk.ImportRequest{Source: desk.ByHand, Zone: "UTC", Paths: []string{path}}
	sees(t, d, admin, op, "Lisbon", "Porto")
	if _, err := d.Import(t.Context(), op, drop, nil); err == nil || !strings.Contains(err.Error(), "choose which of your branches") {
		t.Errorf("dropped by who sees two branches: %v", err)
	}
	into, err := d.DropBranches(t.Context(), op)
	if err != nil || len(into) != 2 || into[1].Name != "Porto" {
		t.Fatalf("it can belong to %v, %v", into, err)
	}
	drop.Branch = into[1].ID
	if _, err := d.Import(t.Context(), op, drop, nil); err != nil {
		t.Fatal(err)
	}
	for branch, want := range map[string]int{"Lisbon": 0, "Porto": 1} {
		sees(t, d, admin, op, branch)
		ids, err := d.ExecutionIDs(t.Context(), op, desk.ExecutionQuery{})
		if err != nil || len(ids) != want {
			t.Errorf("who sees %s sees %v, %v", branch, ids, err)
		}
	}
	sources, err := d.Sources(t.Context(), admin)
	if err != nil || len(sources) != 1 || sources[0].Name != "dropped files, Meadow / Porto" || sources[0].Branch != "Porto" {
		t.Errorf("the sources are %+v, %v", sources, err)
	}
}

// Lists that are kept for everybody tell somebody who sees a branch of their own sources and hosts alone.
func TestBranches_narrowWhatIsKeptForAll(t *testing.T) {
	d, actors := staff(t)
	admin, op := actors[people.Admin], actors[people.Operator]
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	of := map[string]int64{}
	for branch, client := range map[string]string{"Lisbon": "ledger-02", "Porto": "homes-01"} {
		s, err := d.SaveSource(t.Context(), admin, backup.Source{Name: branch + " exports", Company: "Meadow", Branch: branch}, "")
		must(err)
		of[branch] = s.ID
		path := filepath.Join(t.TempDir(), branch)
		must(os.WriteFile(path, []byte(job("7001"+client[len(client)-1:], "0", branch, client, "1772323200", "1772323800")), 0o600))
		_, err = d.Import(t.Context(), admin, desk.ImportRequest{Source: s.Name, Zone: "UTC", Paths: []string{path}}, nil)
		must(err)
		must(d.IgnoreFiles(t.Context(), admin, backup.IgnoreRule{Pattern: branch + "*", Source: s.ID}, "no exports"))
		must(d.ConfirmAliases(t.Context(), admin, []desk.Alias{{Name: client, Host: client + ".meadow.example"}}, "one machine"))
	}
	must(d.IgnoreFiles(t.Context(), admin, backup.IgnoreRule{Pattern: "*.tmp"}, "no exports"))
	sees(t, d, admin, op, "Lisbon")
	ignored, err := d.Ignored(t.Context(), op)
	must(err)
	aliases, err := d.Aliases(t.Context(), op)
	must(err)
	if len(ignored) != 2 || ignored[0].Pattern != "*.tmp" || ignored[1].Source != of["Lisbon"] || len(aliases) != 1 || aliases[0].Name != "ledger-02" {
		t.Errorf("who sees Lisbon sees that %+v are ignored, and the names %+v", ignored, aliases)
	}
	if _, err := d.FirstLines(t.Context(), op, "Porto exports", "x", 3); err == nil || strings.Contains(err.Error(), "dropped") || !strings.Contains(err.Error(), "there are: Lisbon exports") {
		t.Errorf("a source of another branch: %v", err)
	}
}
