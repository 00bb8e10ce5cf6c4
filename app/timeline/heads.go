package timeline

// The entry that a restore from a copy leaves: what came after the copy is lost, and its head is named here.
const (
	Restored = "restored"
	LostHead = "lost head" // name of the detail whose To is the hash that the damaged file had as its head
)

// Head is what became of a hash that was kept elsewhere.
type Head struct {
	Hash       Hash
	Found      bool  // an entry carries it: nothing up to there was cut or rebuilt
	RestoredAt int64 // not found, but this entry says that a restore from a copy lost it; 0 for none
}

// Seek has the walk look for heads that were kept elsewhere. Call it before the first Next: only a head that does not occur
// can tell that the tail was cut or that the whole chain was rebuilt.
func (c *Checker) Seek(heads ...Hash) {
	if c.sought == nil {
		c.sought = map[Hash]bool{}
	}
	for _, h := range heads {
		c.sought[h] = h == Hash{} // the head of an empty timeline stands before every entry
	}
	c.heads = append(c.heads, heads...)
}

// Heads tells what became of each head sought, as far as the chain held.
func (c *Checker) Heads() []Head {
	out := make([]Head, 0, len(c.heads))
	for _, h := range c.heads {
		head := Head{Hash: h, Found: c.sought[h]}
		if !head.Found {
			head.RestoredAt = c.lost[h]
		}
		out = append(out, head)
	}
	return out
}

// noteLost remembers which head a restore gave up. Details that cannot be read name none.
func (c *Checker) noteLost(seq int64, text []byte) {
	details, err := ParseText(text)
	if err != nil {
		return
	}
	for _, d := range details {
		if h, err := ParseHash(d.To); err == nil && d.Name == LostHead {
			if c.lost == nil {
				c.lost = map[Hash]int64{}
			}
			c.lost[h] = seq
		}
	}
}
