package timeline

import (
	"crypto/sha256"
	"fmt"

	"backstop/app/say"
)

// Fault is what is wrong with a chain.
type Fault string

// The faults that Checker tells apart.
const (
	Altered   Fault = "altered"
	Missing   Fault = "missing"
	Reordered Fault = "reordered"
)

// Break is the first place where a chain does not hold.
type Break struct {
	Seq   int64 // of the entry that is altered, missing or out of order
	Fault Fault
}

func (b *Break) Error() string { return fmt.Sprintf(b.sentence(), b.Seq) }

// Say implements say.Sayer.
func (b *Break) Say() string { return fmt.Sprintf(say.W(b.sentence()), b.Seq) }

func (b *Break) sentence() string {
	switch b.Fault {
	case Missing:
		return say.N("entry %d of the timeline is missing")
	case Reordered:
		return say.N("entry %d of the timeline is out of order")
	case Altered:
	}
	return say.N("entry %d of the timeline was altered")
}

// Checker walks a chain from its first entry. The zero value is ready; it is no use to several goroutines at once.
type Checker struct {
	seq    int64
	head   Hash
	broken *Break
	buf    []byte // reused, since a chain may hold millions of entries
	sought map[Hash]bool
	heads  []Hash // as sought, in the order asked for
	lost   map[Hash]int64
}

// Next takes the next entry with the hash stored beside it. It names the first break, and the same one ever after.
func (c *Checker) Next(e Entry, stored Hash) error {
	return c.NextText(e, []byte(Text(e.Details)), stored)
}

// NextText is Next for an entry whose details are at hand as the text that was stored. It reads e.Details never, so that a
// check of the whole chain need not parse them.
func (c *Checker) NextText(e Entry, details []byte, stored Hash) error {
	if c.broken == nil {
		c.broken = c.examine(e, details, stored)
	}
	if c.broken != nil {
		return c.broken
	}
	c.seq, c.head = e.Seq, stored
	if _, ok := c.sought[stored]; ok {
		c.sought[stored] = true
	}
	if e.Subject == Database && e.Action == Restored {
		c.noteLost(e.Seq, details)
	}
	return nil
}

func (c *Checker) examine(e Entry, details []byte, stored Hash) *Break {
	switch want := c.seq + 1; {
	case e.Seq > want:
		return &Break{want, Missing}
	case e.Seq < want:
		return &Break{e.Seq, Reordered}
	}
	c.buf = appendEntry(c.buf[:0], c.head, e, details)
	if sha256.Sum256(c.buf) != stored {
		return &Break{e.Seq, Altered}
	}
	return nil
}

// Head is the hash of the last entry that held, and how many there are.
func (c *Checker) Head() (head Hash, entries int64) { return c.head, c.seq }
