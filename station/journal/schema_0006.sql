-- Results go to other systems by the number of their verdict, and how far they are is in a file of its own
-- (station.journal.deliveries): a row a part and destination is no longer written.

DROP TABLE outbox;
