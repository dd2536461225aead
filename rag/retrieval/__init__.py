"""The units that may answer: found by both indexes, fused, ranked."""
