"""CSV files as bots in use write them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import AssistantError
from assistant.matching.labels import OUT_OF_SCOPE
from benchmarks.nlu.reading import Questions, QuestionsError, read_questions, read_set


class TestFile:
    def test_it_reads_texts_and_labels(self, make_folder):
        questions = read_questions(make_folder(test="text,label\nhello,greet\nbye,leave\n") / "test.csv")
        assert questions == Questions("test", ["hello", "bye"], ["greet", "leave"])

    def test_it_calls_oos_out_of_scope(self, make_folder):
        questions = read_questions(make_folder(test="text,label\nhello,greet\nsing,oos\nrap,OOS\n") / "test.csv")
        assert questions.labels == ["greet", OUT_OF_SCOPE, OUT_OF_SCOPE]
        assert questions.labels_in_scope == {"greet"}

    def test_it_reads_what_windows_writes(self, make_folder):
        file = make_folder(test=b"\xef\xbb\xbftext,label\r\nhello,greet\r\n") / "test.csv"
        assert read_questions(file).texts == ["hello"]

    def test_it_reads_line_breaks_and_commas_in_quotation_marks(self, make_folder):
        file = make_folder(test='text,label\n"one, two\nthree ""four""",count\n') / "test.csv"
        assert read_questions(file).texts == ['one, two\nthree "four"']

    def test_it_finds_the_columns_by_name_among_others(self, make_folder):
        file = make_folder(test="id, Label ,seen,TEXT\n7,greet,yes,hello\n") / "test.csv"
        assert read_questions(file) == Questions("test", ["hello"], ["greet"])

    def test_it_counts_rows_that_lack_a_text_or_a_label(self, make_folder):
        file = make_folder(test="text,label\n,greet\nhello,\n  ,greet\nhello\n\nhello,greet\n") / "test.csv"
        assert read_questions(file) == Questions("test", ["hello"], ["greet"], skipped=4)

    def test_it_forgives_a_quotation_mark_inside_a_text(self, make_folder):
        file = make_folder(test='text,label\n"hello" you,greet\n5" pipe,pipes\n') / "test.csv"
        assert read_questions(file).texts == ["hello you", '5" pipe']

    @given(content=st.binary(max_size=60))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_it_reads_or_refuses_whatever_it_is_given(self, tmp_path, content):
        file = tmp_path / "test.csv"
        file.write_bytes(b"text,label\n" + content)
        try:
            questions = read_questions(file)
        except QuestionsError:
            return
        assert len(questions.texts) == len(questions.labels) > 0


class TestRefusal:
    def test_it_names_file_and_line_of_missing_columns(self, make_folder):
        with pytest.raises(QuestionsError, match=r"test\.csv, line 1: the column text and the column label is missing"):
            read_questions(make_folder(test="question,intent\nhello,greet\n") / "test.csv")

    def test_it_refuses_an_empty_file(self, make_folder):
        with pytest.raises(QuestionsError, match=r"test\.csv, line 1"):
            read_questions(make_folder(test="") / "test.csv")

    @pytest.mark.parametrize("columns", ["text,label\nhello,greet\n{},greet\n", "label,text\ngreet,hello\ngreet,{}\n"])
    def test_it_names_the_line_of_a_quotation_mark_that_stays_open(self, make_folder, columns):
        file = make_folder(test=columns.format('"hello') + "x,y\n" * 9) / "test.csv"
        with pytest.raises(QuestionsError, match=r"test\.csv, line 3: a quotation mark"):
            read_questions(file)

    def test_it_names_a_file_that_is_not_utf_8(self, make_folder):
        with pytest.raises(QuestionsError, match=r"test\.csv is not text in UTF-8"):
            read_questions(make_folder(test="text,label\ncafé,food\n".encode("latin-1")) / "test.csv")

    def test_it_names_the_line_of_a_field_without_end(self, make_folder):
        with pytest.raises(QuestionsError, match=r"test\.csv, line 2: this is not CSV"):
            read_questions(make_folder(test=f"text,label\n{'x' * 200_000},greet\n") / "test.csv")

    def test_it_refuses_a_file_without_a_question(self, make_folder):
        with pytest.raises(AssistantError, match="holds no question"):
            read_questions(make_folder(test="text,label\n,greet\n") / "test.csv")


class TestFolder:
    def test_it_reads_training_and_every_test(self, make_folder, folder):
        (folder / "test_far.csv").write_text("text,label\nfar,oos\n")
        questions = read_set(folder)
        assert (questions.name, questions.train.name) == ("bot", "train")
        assert [test.name for test in questions.tests] == ["test", "test_far"]

    @pytest.mark.parametrize("name", ["train_10", "train_10.csv", "TRAIN_10"])
    def test_it_trains_on_the_file_that_is_named(self, folder, name):
        (folder / "train_10.csv").write_text("text,label\nhello,greet\nbye,leave\n")
        assert read_set(folder, name).train.labels == ["greet", "leave"]

    def test_it_says_which_files_there_are_when_the_named_one_is_not(self, folder):
        with pytest.raises(QuestionsError, match=r"no train_5\.csv.*test\.csv, train\.csv"):
            read_set(folder, "train_5")

    def test_it_refuses_a_folder_without_a_test(self, folder):
        (folder / "test.csv").unlink()
        with pytest.raises(QuestionsError, match="bot has no test file"):
            read_set(folder)

    @pytest.mark.parametrize("rows", ["hello,greet\nhi,greet\n", "sing,oos\nrap,oos\n"])
    def test_it_refuses_to_train_on_fewer_than_two_labels(self, make_folder, rows):
        with pytest.raises(QuestionsError, match=r"train\.csv has fewer than two labels"):
            read_set(make_folder(train=f"text,label\n{rows}", test="text,label\nhello,greet\n"))


class TestShuffling:
    def test_it_keeps_each_text_with_its_label(self, folder):
        train = read_set(folder).train
        shuffled = train.shuffled(1)
        assert shuffled.texts != train.texts
        assert dict(zip(shuffled.texts, shuffled.labels, strict=True)) == dict(
            zip(train.texts, train.labels, strict=True)
        )

    def test_it_gives_the_same_order_for_the_same_seed(self, folder):
        train = read_set(folder).train
        assert train.shuffled(1) == train.shuffled(1)
