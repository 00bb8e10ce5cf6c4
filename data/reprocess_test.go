package data

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"backstop/app/backup"
	"backstop/app/desk"
	"backstop/app/incident"
)

var account = incident.Account{Category: "Network", Description: "switch down", Solution: "cable"}

// twoClients: FS-DAILY failed on harbour and on quay, and each was saved later; so was SQL on harbour.
func twoClients(t *testing.T) *aDesk {
	d := newDesk(t)
	on := func(client string) func(*backup.Execution) { return func(e *backup.Execution) { e.Client = client } }
	sql := func(e *backup.Execution) { e.Routine = "SQL" }
	d.read(0, night("1", backup.Failed), night("2", backup.Failed, on("quay"), from(-5)),
		night("3", backup.Success, from(-4)), night("4", backup.Success, from(-3), on("quay")), night("5", backup.Success, from(-2), sql), night("6", backup.Success, from(-6)))
	return d
}

func sessionsOf(list []desk.Candidate) []string {
	var said []string
	for _, c := range list {
		why := c.Reason
		if c.Refused != "" {
			why = "refused: " + c.Refused
		}
		said = append(said, fmt.Sprintf("%s fits %d, %s", c.Session, c.Fits, why))
	}
	return said
}

func TestCandidates_ofAGroup(t *testing.T) {
	d := twoClients(t)
	in := func(q desk.CandidateQuery, ids ...int64) []string {
		found, err := d.desk.Candidates(t.Context(), rosa, ids, q)
		d.must(err)
		return sessionsOf(found)
	}
	of := func(text string, ids ...int64) []string { return in(desk.CandidateQuery{Text: text}, ids...) }
	equal(t, of("", 1), "6 fits 1, same routine and client, full",
		"3 fits 1, same routine and client, full, 2 h 0 min later", "5 fits 1, same client, other routine, full, 4 h 0 min later")
	equal(t, of("", 1, 2), "3 fits 2, same routine and client, full, 2 h 0 min later", "6 fits 1, same routine and client, full", "5 fits 2, same client, other routine, full, 4 h 0 min later")
	equal(t, in(desk.CandidateQuery{Within: 3 * time.Hour}, 1), "6 fits 1, same routine and client, full", "3 fits 1, same routine and client, full, 2 h 0 min later")
	equal(t, in(desk.CandidateQuery{Text: "quay", Within: 2 * time.Hour}, 1), "2 fits 0, refused: it saved nothing: its outcome is failed")
	equal(t, of("quay", 1), "4 fits 1, same routine, other client, full, 3 h 0 min later", "2 fits 0, refused: it saved nothing: its outcome is failed")
}

func TestCloseReprocessed_severalAtOnce(t *testing.T) {
	d := twoClients(t)
	pairs, err := d.desk.SuggestPairs(t.Context(), rosa, []int64{1, 2}, nil)
	d.must(err)
	if want := []incident.Pair{{Incident: 1, Session: 6}, {Incident: 2, Session: 4}}; !slices.Equal(pairs, want) {
		t.Fatalf("suggested %v", pairs)
	}
	r := incident.Reprocessing{Account: account, Pairs: pairs[:1]}
	if err := d.desk.CloseReprocessed(t.Context(), rosa, []int64{1, 2}, r, nil); !errors.Is(err, incident.ErrNotAllowed) {
		t.Fatalf("one of them has no session: %v", err)
	}
	equal(t, d.incidents(), "1 new", "2 new")
	r.TakenOut = []incident.ID{2}
	d.must(d.desk.CloseReprocessed(t.Context(), rosa, []int64{1, 2}, r, nil))
	equal(t, d.incidents(), "1 closed", "2 new")
	in, err := d.desk.Incident(t.Context(), rosa, 1)
	d.must(err)
	if got := fmt.Sprint(in.MadeGood); got != "map[6:[1]]" {
		t.Errorf("made good: %s", got)
	}
}

// What is unfolded stands right behind its destination, whatever the order; where the merged ones are listed anyway, nothing is
// listed twice.
func TestIncidentIDs_unfolds(t *testing.T) {
	d := threeNew(t)
	d.must(d.desk.Merge(t.Context(), rosa, desk.MergeRequest{Into: 2, From: []int64{1, 3}}))
	d.read(1, night("4", backup.Failed, from(-6)))
	for want, q := range map[string]desk.IncidentQuery{
		"[4 2 1 3]": {WithoutMerged: true, Unfolded: []int64{2, 4, 99}, Desc: true},
		"[2 1 3 4]": {WithoutMerged: true, Unfolded: []int64{2}},
		"[1 2 3 4]": {Unfolded: []int64{2}},
		"[4]":       {WithoutMerged: true, Unfolded: []int64{2}, Desc: true, Limit: 1},
	} {
		ids, err := d.desk.IncidentIDs(t.Context(), rosa, q)
		d.must(err)
		if got := fmt.Sprint(ids); got != want {
			t.Errorf("%+v: %s, want %s", q, got, want)
		}
	}
}

// A merge that is cut off half way leaves nothing behind.
func TestMerge_isAllOrNothing(t *testing.T) {
	d := threeNew(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := 0
	err := d.desk.MergeAll(ctx, rosa, []desk.MergeRequest{{Into: 1, From: []int64{2, 3}}}, func(at, of int) {
		if done = at; at == 2 && of == 3 {
			cancel()
		}
	})
	if err == nil || done != 2 {
		t.Fatalf("%v after %d", err, done)
	}
	equal(t, d.incidents(), "1 new", "2 new", "3 new")
	equal(t, d.said("merged"))
	d.verified()
}

func TestIncidentIDs_hidesTheMerged(t *testing.T) {
	d := threeNew(t)
	d.must(d.desk.Merge(t.Context(), rosa, desk.MergeRequest{Into: 3, From: []int64{1}}))
	for want, q := range map[string]desk.IncidentQuery{"[1]": {Into: 3}, "[2 3]": {WithoutMerged: true}, "[1 2 3]": {}, "[]": {Into: 2}} {
		if got := fmt.Sprint(idsOf(t, d.Store, q)); got != want {
			t.Errorf("%+v: %s, want %s", q, got, want)
		}
	}
}
