DROP TABLE hand_overs;
DROP TABLE seat_terms;
DROP TABLE seats;
DROP TABLE bodies;
