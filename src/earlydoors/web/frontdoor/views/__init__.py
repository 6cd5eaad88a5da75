"""The front door's pages: advice, writing a request, reading requests, deciding on one."""
