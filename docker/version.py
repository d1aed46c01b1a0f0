version = '0.3.0.1'
