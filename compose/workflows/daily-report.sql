-- Twelve tasks: four sources are fetched and parsed side by side, then joined, checked, and written twice.
SELECT submit('daily-report', 1, '[
    {"task": "fetch-orders",    "seconds": 0.5},
    {"task": "fetch-customers", "seconds": 0.3},
    {"task": "fetch-stock",     "seconds": 0.2},
    {"task": "fetch-prices",    "seconds": 0.4},
    {"task": "parse-orders",    "seconds": 0.4, "after": ["fetch-orders"]},
    {"task": "parse-customers", "seconds": 0.2, "after": ["fetch-customers"]},
    {"task": "parse-stock",     "seconds": 0.1, "after": ["fetch-stock"]},
    {"task": "parse-prices",    "seconds": 0.2, "after": ["fetch-prices"]},
    {"task": "join",            "seconds": 0.8, "after": ["parse-orders", "parse-customers", "parse-stock", "parse-prices"]},
    {"task": "check",           "seconds": 0.2, "after": ["join"]},
    {"task": "write-report",    "seconds": 0.3, "after": ["join", "check"]},
    {"task": "write-archive",   "seconds": 0.5, "after": ["join"]}
]') AS job;
