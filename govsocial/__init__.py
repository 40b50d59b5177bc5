"""Load, measure and draw: what every chapter, post and lab of *Governing in Public* imports."""
