
 9b2d7c1e4a6f4e0c8d3b5a7f1e2c4d6b"
core3.20.2"
	container2.22.0(Û÷2
(	 (