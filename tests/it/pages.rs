mod giving;
mod homes;
<<<<<<< HEAD
mod kept;
=======
mod links;
>>>>>>> 1129b00 (fixup)
mod measuring;
mod partner;
mod walk;
