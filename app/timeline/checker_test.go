package timeline

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

type sealed struct {
	Entry
	hash Hash
}

// aChain is n entries as a store holds them.
func aChain(n int) []sealed {
	var prev Hash
	chain := make([]sealed, 0, n)
	for i := range n {
		e := Entry{
			Seq: int64(i + 1), Subject: Incident, SubjectID: int64(i % 3), At: monday.Add(time.Duration(i) * time.Second),
			Actor: System, Action: "noted", Details: []Detail{Said("note", fmt.Sprint("tape ", i))},
		}
		prev = Seal(prev, e)
		chain = append(chain, sealed{e, prev})
	}
	return chain
}

func walk(c *Checker, chain []sealed) error {
	for _, s := range chain {
		if err := c.Next(s.Entry, s.hash); err != nil {
			return err
		}
	}
	return nil
}

func TestChecker(t *testing.T) {
	tests := []struct {
		name string
		harm func([]sealed) []sealed
		want *Break
		says string
	}{
		{name: "whole", harm: func(c []sealed) []sealed { return c }},
		{name: "empty", harm: func([]sealed) []sealed { return nil }},
		{
			name: "a word changed", want: &Break{3, Altered}, says: "entry 3 of the timeline was altered",
			harm: func(c []sealed) []sealed { c[2].Details[0].To = "disk"; return c },
		},
		{
			name: "rewritten with a new hash", want: &Break{4, Altered}, says: "entry 4 of the timeline was altered",
			harm: func(c []sealed) []sealed {
				c[2].Actor = "nobody"
				c[2].hash = Seal(c[1].hash, c[2].Entry)
				return c
			},
		},
		{
			name: "taken out", want: &Break{3, Missing}, says: "entry 3 of the timeline is missing",
			harm: func(c []sealed) []sealed { return slices.Delete(c, 2, 3) },
		},
		{
			name: "taken out and renumbered", want: &Break{3, Altered},
			harm: func(c []sealed) []sealed {
				c = slices.Delete(c, 2, 3)
				for i := range c {
					c[i].Seq = int64(i + 1)
				}
				return c
			},
		},
		{
			name: "the first taken out", want: &Break{1, Missing},
			harm: func(c []sealed) []sealed { return c[1:] },
		},
		{
			name: "told twice", want: &Break{2, Reordered}, says: "entry 2 of the timeline is out of order",
			harm: func(c []sealed) []sealed { return slices.Insert(c, 2, c[1]) },
		},
		{
			name: "two exchanged", want: &Break{3, Altered},
			harm: func(c []sealed) []sealed {
				c[2], c[3] = c[3], c[2]
				c[2].Seq, c[3].Seq = 3, 4
				return c
			},
		},
		{name: "the tail cut", harm: func(c []sealed) []sealed { return c[:4] }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var c Checker
			err := walk(&c, tt.harm(aChain(6)))
			var got *Break
			if errors.As(err, &got) != (tt.want != nil) || got != nil && *got != *tt.want {
				t.Fatalf("break = %+v, want %+v", got, tt.want)
			}
			if tt.says != "" && err.Error() != tt.says {
				t.Errorf("says %q, want %q", err, tt.says)
			}
		})
	}
}

func TestChecker_keepsItsFirstBreak(t *testing.T) {
	chain := aChain(4)
	var c Checker
	first := c.Next(chain[1].Entry, chain[1].hash)
	if again := c.Next(chain[0].Entry, chain[0].hash); first == nil || !errors.Is(again, first) {
		t.Errorf("first %v, then %v", first, again)
	}
	if head, n := c.Head(); n != 0 || head != (Hash{}) {
		t.Errorf("head %s of %d entries; none held", head, n)
	}
}

func TestChecker_findsHeads(t *testing.T) {
	chain := aChain(6)
	restored := Entry{Seq: 5, Subject: Database, At: monday, Actor: System, Action: Restored, Details: []Detail{Said("copy", "of Sunday"), Said(LostHead, chain[5].hash.String())}}
	kept := append(slices.Clone(chain[:4]), sealed{restored, Seal(chain[3].hash, restored)})

	var c Checker
	c.Seek(Hash{}, chain[1].hash, chain[4].hash)
	c.Seek(chain[5].hash)
	if err := walk(&c, kept); err != nil {
		t.Fatal(err)
	}
	want := []Head{{Found: true}, {Hash: chain[1].hash, Found: true}, {Hash: chain[4].hash}, {Hash: chain[5].hash, RestoredAt: 5}}
	if got := c.Heads(); !slices.Equal(got, want) {
		t.Errorf("heads = %+v, want %+v", got, want)
	}
	if head, n := c.Head(); n != 5 || head != kept[4].hash {
		t.Errorf("head %s of %d entries, want %s of 5", head, n, kept[4].hash)
	}
}

func TestChecker_readsNoHeadFromBrokenDetails(t *testing.T) {
	e := Entry{Seq: 1, Subject: Database, Action: Restored, At: monday}
	var c Checker
	text := []byte("not json")
	if err := c.NextText(e, text, sha256.Sum256(appendEntry(nil, Hash{}, e, text))); err != nil {
		t.Fatal(err)
	}
}

// Whatever single thing is done to a chain, the walk does not come through, unless only the tail was cut.
func TestChecker_noticesAnyHarm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chain := aChain(rapid.IntRange(2, 12).Draw(t, "entries"))
		i := rapid.IntRange(0, len(chain)-2).Draw(t, "at")
		switch rapid.SampledFrom([]string{"text", "actor", "time", "hash", "drop", "swap"}).Draw(t, "harm") {
		case "text":
			chain[i].Details = append(chain[i].Details, Said("note", "and more"))
		case "actor":
			chain[i].Actor += "x"
		case "time":
			chain[i].At = chain[i].At.Add(time.Millisecond)
		case "hash":
			chain[i].hash[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		case "drop":
			chain = slices.Delete(chain, i, i+1)
		case "swap":
			chain[i], chain[i+1] = chain[i+1], chain[i]
		}
		var c Checker
		if err := walk(&c, chain); err == nil {
			t.Fatal("the walk came through")
		}
	})
}

func BenchmarkChecker(b *testing.B) {
	chain := aChain(1000)
	texts := make([][]byte, len(chain))
	for i, s := range chain {
		texts[i] = []byte(Text(s.Details))
	}
	b.ReportAllocs()
	for b.Loop() {
		var c Checker
		for j, s := range chain {
			if err := c.NextText(s.Entry, texts[j], s.hash); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(chain))/b.Elapsed().Seconds(), "entries/s")
}
