typedef int unit_that_is_not_empty;
