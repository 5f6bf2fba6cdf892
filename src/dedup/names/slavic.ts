/** Given names that mean one person in Polish, Russian, Ukrainian and Czech use, in the usual transliterations. */

export const POLISH: readonly string[] = `
jan janek jas jasiek
janina janka
jakub kuba kubus
jozef jozek
jozefa jozia
stanislaw staszek stasiek stas
stanislawa stasia
aleksander alek olek
aleksandra ola olka
andrzej jedrek andrzejek
agnieszka aga agusia
anna ania anka anusia hania
antoni antek antos
barbara basia baska
bartosz bartek
bartlomiej bartek
beata beatka
bogdan bodzio
boguslaw bogus
boleslaw bolek
bozena bozenka
cezary czarek
danuta danka danusia
dariusz darek
dominik domin
dominika domi
dorota dorotka
edward edek
elzbieta ela elka
emilia emilka
ewa ewka ewunia
franciszek franek
genowefa gienia
grzegorz grzes grzesiek
grazyna grazynka
halina halinka
hanna hania hanka
henryk heniek
iwona iwonka
irena irenka
ireneusz irek
jacek jacus
jadwiga jadzia
jaroslaw jarek
jerzy jurek
joanna asia aska joasia
julia julka
justyna justynka
karolina karola karolcia
katarzyna kasia kaska
kazimierz kazik kazek
kinga kinia
konrad kondzio
krystyna krysia
krzysztof krzysiek krzys
leszek lech
lucyna lucynka
lukasz lukaszek
maciej maciek
magdalena magda madzia
malgorzata gosia malgosia gocha
marcin marcinek
marek mareczek
maria marysia maryska
mariusz mario
marta martusia
mateusz mati
michal michas
mieczyslaw mietek
mikolaj miki
miroslaw mirek
monika monia
natalia natalka
pawel pawelek
piotr piotrek piotrus
przemyslaw przemek
radoslaw radek
rafal rafalek
robert robcio
roman romek
ryszard rysiek
sebastian seba
slawomir slawek
sylwester sylwek
szymon szymek
tadeusz tadek
teresa tereska
tomasz tomek
urszula ula
waldemar waldek
weronika wera
wieslaw wiesiek
witold witek
wladyslaw wladek
wlodzimierz wlodek
wojciech wojtek
zbigniew zbyszek
zdzislaw zdzich
zofia zosia
zygmunt zyga
leokadia lodzia lonia
zbigniew zbych zbyszko
wieslawa wiesia
stefania stefcia
bronislaw bronek
bronislawa bronia
henryka henia
eugeniusz gienek
eugenia gienia
lucjan lucek
wincenty wicek
kornelia korni
filip filipek
ignacy ignas
apolonia pola
klaudia klaudusia
gabriela gabrysia gaba
weronika weronka
damian damianek
izabela iza bela
kamil kamilek
patryk patrys
stanislaw stach
michal misiek
czeslaw czesiek
zdzislaw zdzisiek
arkadiusz arek
ludmila ludka
michalina misia
jolanta jola
miroslawa mirka
edmund mundek
`
  .trim()
  .split('\n');

export const RUSSIAN: readonly string[] = `
aleksandr alexander alexandr sasha sascha shura sanya alex aleksander oleksandr olexander
aleksandra alexandra sasha shura oleksandra sashenka
aleksei alexei alexey aleksey alyosha lyosha alex oleksiy lyokha leha lekha
anastasia anastasiya nastya nastia asya stasya
anatoly anatoliy anatoli tolya anatolii tolik
andrei andrey andriy andrii andryusha
anna anya anja nyura
antonina tonya
anton antosha tokha tosha
arkady arkadiy arkasha
boris borya
daria darya dasha dariya
denis den
dmitry dmitri dmitriy dmitrij dima mitya dmytro dimon
ekaterina katerina katya kate yekaterina ekatherina katyukha katyusha
elena lena yelena helena olena alyona
elizaveta liza yelizaveta
evgeny evgeni evgeniy yevgeny yevgeni zhenya jewgeni eugene evgenij zheka
evgenia evgeniya zhenya yevgenia
fyodor fedor fedya fjodor
galina galya galochka
gennady gennadiy gena gennadi
georgy georgiy gosha zhora yuri
grigory grigoriy grisha grigori
igor igorek ihor
ilya ilja ilia iliya
inna innochka
irina ira irisha iryna
ivan vanya wanja
kirill kyrylo kiril
konstantin kostya konstantyn kostik
ksenia xenia ksenya kseniya
larisa lara larissa
leonid lyonya lenya
lev lyova leo
lidia lida lidiya
lyubov lyuba ljubov liubov
lyudmila lyuda mila ludmila ljudmila lyudochka
maksim maxim max maks maksik
margarita rita
maria masha mariya marija mariia
marina marisha
mikhail misha michail mihail mykhailo mikhael
nadezhda nadya nadja
natalia natasha natalya natalja nataliya natascha nata natali
nikita nik
nikolai nikolay kolya nikolaj mykola kolyan
nina ninochka
oksana ksana oxana
oleg olezhka oleh
olga olya olha
pavel pasha pawel pavlo pashka
pyotr petr petya piotr petro
polina polya
roman roma
ruslan rus
sergei sergey seryozha seryoga serega serezha serge sergej serhiy sergio sergo serg
semyon semen syoma
sofia sofya sonya sofiya
stanislav stas
stepan styopa
svetlana sveta lana swetlana
tamara toma
tatiana tatyana tanya tatjana tetyana
timofei timofey tima
timur tim
valentin valya
valentina valya valyusha
valery valeri valeriy valera valerij
valeria lera valeriya
varvara varya
vasily vasiliy vasya vasili wassili vasyl
vera verochka
veronika nika
viktor vitya victor
viktoria vika victoria viktoriya
vitaly vitaliy vitalik vitali
vladimir volodya vova wladimir vladimer volodymyr vovan
vladislav vlad vladik
vsevolod seva
vyacheslav slava viacheslav wjatscheslaw
yaroslav slava jaroslav yarik
yulia julia yuliya yulya julija iuliia
yuri yuriy jurij yura juri iurii yurik
zinaida zina zinochka
zoya zoja
yevheniia zhenya yevheniya evheniya
yevhen zhenya evhen yevgen evgen evgeny evgeniy yevgeniy
viktoriia vika viktoria victoria viktoriya
svitlana svitlanka sveta
oleksandra lesia
tetiana tanya tetyana
nataliia natasha natalka
yuliia yulia juliia julia yulya
kateryna katya katerina
halyna halya galina galya
liudmyla lyuda lyudmila
serhii serhiy sergei seryozha
maksym max maks maxim
danylo danya danil
hanna hanka hannusya ganna halka
oleksii lyosha oleksiy aleksei
mykhailo mykhaylo misha
hennadii gena gennady
svyatoslav slavik svyat
artem tyoma tema artyom
danila danya
ruslana rusya
bohdan bogdan bohdanko
solomiia solomiya solya
zoryana zoriana
taras tarasyk
ostap ostapko
roksolana roksana`
  .trim()
  .split('\n');

export const CZECH: readonly string[] = `
jan honza jenda
jiri jirka
josef pepa jozka
frantisek franta
tomas tom
vaclav vasek
ladislav lada
stanislav standa
zdenek zdenda
miroslav mirek
jaroslav jarda
katerina katka
alzbeta bara eliska
anna anicka
marketa marki
lenka lenicka
tereza terka
zuzana zuzka
magdalena majda
michal misa`
  .trim()
  .split('\n');
