DROP TABLE story_listings;
DROP TABLE public_pages;
DROP TABLE reader_cutoffs;
DROP TABLE story_answers;
DROP TABLE story_questions;
