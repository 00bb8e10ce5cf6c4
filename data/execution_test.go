package data

import (
	"errors"
	"fmt"
	"testing"

	"backstop/app/desk"
	"backstop/app/incident"
)

func TestExecution_tellsWhatItHasToDoWith(t *testing.T) {
	d := twoClients(t)
	d.must(d.desk.CloseReprocessed(t.Context(), rosa, []int64{1, 2}, incident.Reprocessing{
		Account: account, Pairs: []incident.Pair{{Incident: 1, Session: 3, Note: "asked"}, {Incident: 2, Session: 3, Note: "asked"}},
	}, nil))
	of := func(id int64) string {
		x, err := d.desk.Execution(t.Context(), rosa, id)
		d.must(err)
		opened, made := int64(0), []int64{}
		if x.Opened != nil {
			opened = x.Opened.ID
		}
		for _, r := range x.MadeGood {
			made = append(made, r.ID)
		}
		return fmt.Sprintf("%s on %s, line %d of %s from %s, opened %d, made good %v, %d runs", x.Row.Session, x.Row.Client, x.Row.Line, x.File.Path, x.Source.Name, opened, made, len(x.History))
	}
	equal(t, []string{of(1), of(3), of(5)},
		"1 on harbour, line 0 of export 0.csv from night exports, opened 1, made good [], 3 runs",
		"3 on harbour, line 0 of export 0.csv from night exports, opened 0, made good [1 2], 3 runs",
		"5 on harbour, line 0 of export 0.csv from night exports, opened 0, made good [], 1 runs")
	if _, err := d.desk.Execution(t.Context(), rosa, 99); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("execution 99: %v", err)
	}
}
