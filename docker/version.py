version = '0.7.0'
